import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { asRole } from "../lib/server/application-role";
import { createDatabase } from "../lib/server/database";
import { startEmbeddedPostgres } from "../lib/server/postgres";
import { approvedVersions, killedRole } from "../lib/testing/approved-versions";
import { faultsOfLine } from "../lib/testing/release-line";
import { spawnApart } from "../lib/testing/run-apart";

/** `STEWARD_KILLS=200 npm test -- process release-kills` is the longer run. */
const kills = Number(process.env.STEWARD_KILLS ?? 4);

test(
  `${kills} kills at any instant of releases, of the process and of PostgreSQL, leave whole revisions and their entries`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "steward-kills-"));
    let postgres = await startEmbeddedPostgres({ dataFolder: folder });
    const ids = await approvedVersions(postgres.url, folder);
    let releases = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const url = asRole(postgres.url, killedRole);
      const releasing = spawnApart("releasing-process.ts", [
        url,
        join(folder, "customers.duckdb"),
        String(kill * 1_000),
        ...ids,
      ]);
      const ended = once(releasing, "exit");
      await Promise.race([once(releasing.stdout, "data"), ended.then(() => expect.fail("It ended by itself."))]);
      // The instant is what is random about it: nothing is waited for.
      await pause(20 + Math.random() * 400);
      if (kill % 2 === 0) releasing.kill("SIGKILL");
      else process.kill(-postgres.pid, "SIGKILL");
      if (kill % 2 === 1) {
        await postgres.ended;
        releasing.kill("SIGKILL");
      }
      await ended;
      if (kill % 2 === 1) postgres = await startEmbeddedPostgres({ dataFolder: folder });
      const db = createDatabase(asRole(postgres.url, killedRole), 2);
      for (const environment of ["staging", "production"]) expect(await faultsOfLine(db, environment)).toEqual([]);
      releases = await db.release.count();
      await db.$disconnect();
    }
    expect(releases).toBeGreaterThanOrEqual(kills);
    console.info(`${kills} kills during ${releases} releases`);
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  },
  120_000 + kills * 20_000,
);
