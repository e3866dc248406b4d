import { connectEngine, openEngine } from "../engine/server/engine-instance";
import { isDomainError } from "../errors";
import { releaseVersion } from "../releases/server/release-version";
import { createDatabase } from "../server/database";
import { actorNamed } from "./governance";

/** A process of its own, with customers in a file or a ClickHouse, that releases the given versions to ever other shares, until it is killed; says each one. */
const [, , url = "", engine = "", first = "0", ...ids] = process.argv;
const db = createDatabase(url);
await (engine.startsWith("http") ? connectEngine(engine) : openEngine(engine));
await Promise.all(ids.map(releaseOverAndOver));

async function releaseOverAndOver(id: string, lane: number): Promise<void> {
  for (let step = Number(first); ; step += 1) {
    const rollout = 1 + ((step * 7 + lane) % 98) + lane / 100;
    const environment = step % 5 === 0 ? "staging" : "production";
    const ctx = { db, actor: actorNamed("operator"), now: new Date() };
    try {
      const { revision } = await releaseVersion(ctx, { id, environment, rollout });
      process.stdout.write(`${environment} ${revision}\n`);
    } catch (error) {
      // PostgreSQL may be the one that is killed: then there is nothing left to do.
      if (isDomainError(error)) throw error;
      process.exit(1);
    }
  }
}
