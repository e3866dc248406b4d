import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { asRole } from "../lib/server/application-role";
import { createDatabase } from "../lib/server/database";
import { startEmbeddedPostgres } from "../lib/server/postgres";
import type { TestDatabase } from "../lib/testing/database";
import { approved, createGovernance } from "../lib/testing/governance";
import { faultsOfLine } from "../lib/testing/release-line";
import { grantToApplication } from "../prisma/grant-to-application";
import { deployMigrations } from "../prisma/migrate";

/** `STEWARD_KILLS=200 npm test -- process release-kills` is the longer run. */
const kills = Number(process.env.STEWARD_KILLS ?? 4);
const role = { name: "steward_app", password: "application" };

test(
  `${kills} kills at any instant of releases, of the process and of PostgreSQL, leave whole revisions and their entries`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "steward-kills-"));
    let postgres = await startEmbeddedPostgres({ dataFolder: folder });
    const ids = await prepare(postgres.url, folder);
    let releases = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const url = asRole(postgres.url, role);
      const releasing = startReleasing([url, join(folder, "customers.duckdb"), String(kill * 1_000), ...ids]);
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
      const db = createDatabase(asRole(postgres.url, role), 2);
      for (const environment of ["staging", "production"]) expect(await faultsOfLine(db, environment)).toEqual([]);
      releases = await db.release.count();
      await db.$disconnect();
    }
    expect(releases).toBeGreaterThan(kills);
    console.info(`${kills} kills during ${releases} releases`);
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  },
  120_000 + kills * 20_000,
);

/** Versions that production and staging may serve, in a database that the releasing process reaches as the application. */
async function prepare(ownerUrl: string, folder: string): Promise<string[]> {
  await deployMigrations(ownerUrl);
  await grantToApplication(ownerUrl, role);
  const url = asRole(ownerUrl, role);
  const db = createDatabase(url);
  const owner = createDatabase(ownerUrl, 1);
  const database: TestDatabase = {
    ...{ db, url, ownerUrl },
    unprotected: (work) => owner.$transaction(work),
    drop: async () => void (await Promise.all([db.$disconnect(), owner.$disconnect()])),
  };
  const world = await createGovernance("one reviewer", { database, folder });
  const ids: string[] = [];
  for (let n = 0; n < 4; n += 1) ids.push((await approved(world, `killed-${n}`)).id);
  await world.close();
  return ids;
}

function startReleasing(args: readonly string[]) {
  const program = join(import.meta.dirname, "..", "lib", "testing", "releasing-process.ts");
  return spawn(process.execPath, ["--import", "tsx", program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
}
