import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./postgres";
import { findPostmaster, stopPostmaster } from "./postmaster";
import { isRunning } from "./running-process";

const throwawayPrefix = "steward-throwaway-";

/** A PostgreSQL in a folder of its own, for tests and tools; stopping it removes the folder. */
export async function startThrowawayPostgres(): Promise<EmbeddedPostgres> {
  await removeAbandoned();
  const dataFolder = join(tmpdir(), `${throwawayPrefix}${process.pid}-${randomUUID()}`);
  await mkdir(dataFolder, { mode: 0o755 });
  const postgres = await startEmbeddedPostgres({ dataFolder, durable: false });
  const stop = async () => {
    await postgres.stop();
    await rm(dataFolder, { recursive: true, force: true });
  };
  return { ...postgres, stop };
}

/** A test run that was killed leaves its PostgreSQL running; the next one ends it. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = name.startsWith(throwawayPrefix) ? Number.parseInt(name.slice(throwawayPrefix.length), 10) : 0;
    if (!owner || isRunning(owner)) continue;
    const postmaster = await findPostmaster(join(tmpdir(), name, "postgres"));
    if (postmaster) await stopPostmaster(postmaster.pid);
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}
