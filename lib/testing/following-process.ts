import { setTimeout as pause } from "node:timers/promises";
import { openEngine } from "../engine/server/engine-instance";
import { createFollower } from "../membership/server/follower";
import { releaseVersion } from "../releases/server/release-version";
import { createDatabase } from "../server/database";
import { actorNamed } from "./governance";

/** A process of its own that takes customers' data in, follows and releases until it is killed; says each round. */
const [, , url = "", engineFile = "", first = "0", ...ids] = process.argv;
const db = createDatabase(url);
const engine = await openEngine(engineFile);
/** Lingers between the commit of the log and that of PostgreSQL, so that kills come there too. */
const lingering = {
  ...engine,
  materialise: async (...given: Parameters<typeof engine.materialise>) => {
    const moves = await engine.materialise(...given);
    await pause(15);
    return moves;
  },
};
const follower = createFollower({ db, engine: lingering, gatherMs: 1 });

for (let round = Number(first); ; round += 1) {
  const changes = Array.from({ length: 12 }, (_, n) => ({
    ...{ id: `c${String((round * 7 + n * 31) % 400).padStart(4, "0")}`, region: n % 3 === 0 ? "us" : "eu" },
    attributes: { plan: (round + n) % 2 === 0 ? "premium" : "free" },
  }));
  const { touched } = await engine.ingest({ changes }, Date.now());
  follower.touch(touched, "data");
  const id = round % 6 === 0 ? ids[(round / 6) % ids.length] : undefined;
  if (id !== undefined) {
    const ctx = { db, actor: actorNamed("operator"), now: new Date() };
    await releaseVersion(ctx, { id, environment: "production", rollout: 10 + ((round * 13) % 90) });
  }
  await pause(10);
  process.stdout.write(`${round}\n`);
}
