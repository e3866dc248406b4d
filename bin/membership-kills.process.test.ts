import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { DuckDbEngine } from "../lib/engine/server/duckdb-engine";
import { closeEngine, openEngine } from "../lib/engine/server/engine-instance";
import { listLiveArtefacts } from "../lib/guards/server/live-artefacts";
import { materialisedAs } from "../lib/membership/server/follow-membership";
import { createFollower } from "../lib/membership/server/follower";
import { asRole } from "../lib/server/application-role";
import { createDatabase, type Database } from "../lib/server/database";
import { startEmbeddedPostgres } from "../lib/server/postgres";
import { approvedVersions, killedRole } from "../lib/testing/approved-versions";
import { spawnApart } from "../lib/testing/run-apart";

/** `STEWARD_KILLS=100 npm test -- process membership-kills` is the longer run. */
const kills = Number(process.env.STEWARD_KILLS ?? 4);
const environment = "production";

test(
  `after ${kills} kills at any instant a start forgets what was never committed, and misses nobody who moved`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "steward-membership-kills-"));
    const postgres = await startEmbeddedPostgres({ dataFolder: folder });
    const url = asRole(postgres.url, killedRole);
    const engineFile = join(folder, "customers.duckdb");
    const ids = await approvedVersions(postgres.url, folder);
    let beyond = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const following = spawnApart("following-process.ts", [url, engineFile, String(kill * 1_000), ...ids]);
      const ended = once(following, "exit");
      await Promise.race([once(following.stdout, "data"), ended.then(() => expect.fail("It ended by itself."))]);
      // The instant is what is random about it: nothing is waited for.
      await pause(20 + Math.random() * 300);
      following.kill("SIGKILL");
      await ended;
      const db = createDatabase(url, 2);
      const engine = await openEngine(engineFile);
      if ((await engine.newestLogged(environment)) > (await headOf(db))) beyond += 1;
      await startAndLook(db, engine);
      await closeEngine();
      await db.$disconnect();
    }
    console.info(`${beyond} of ${kills} kills came between the two commits`);
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  },
  120_000 + kills * 20_000,
);

async function startAndLook(db: Database, engine: DuckDbEngine): Promise<void> {
  const now = new Date();
  const follower = createFollower({ db, engine, now: () => now, gatherMs: 0 });
  follower.touch("all", "start");
  await follower.settled();
  await follower.close();
  const head = await headOf(db);
  expect(await engine.newestLogged(environment)).toBeLessThanOrEqual(head);
  for (const { artefact } of await listLiveArtefacts(db, environment)) {
    const { segment, rule } = materialisedAs(artefact);
    const counted = rule === null ? [] : await collect(engine.members(rule, now.getTime()));
    expect(await collect(engine.membersAt({ environment, segment, revision: head }))).toEqual(counted);
  }
  const revisions = await db.revision.findMany({ where: { environmentKey: environment }, orderBy: { number: "asc" } });
  expect(revisions.map(({ number }) => number)).toEqual(Array.from({ length: head }, (_, index) => index + 1));
  const logged = new Map<number, { entered: number; left: number }>();
  for await (const page of engine.changesBetween({ environment, after: 0, upTo: head }))
    for (const { revision, change } of page) {
      const moves = logged.get(revision) ?? { entered: 0, left: 0 };
      moves[change] += 1;
      logged.set(revision, moves);
    }
  for (const { number, entered, left } of revisions)
    expect(logged.get(number) ?? { entered: 0, left: 0 }, `revision ${number}`).toEqual({ entered, left });
}

async function headOf(db: Database): Promise<number> {
  return (await db.environment.findUniqueOrThrow({ where: { key: environment } })).revision;
}

async function collect(pages: AsyncIterable<readonly string[]>): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of pages) ids.push(...page);
  return ids;
}
