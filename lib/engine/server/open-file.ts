import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { DuckDBInstance } from "@duckdb/node-api";
import { StartError } from "../../server/start-error";

/** Opens or makes the file. Throws a StartError that says why it cannot. */
export async function openFile(path: string): Promise<DuckDBInstance> {
  const options = {
    threads: String(availableParallelism()),
    // The other half is for PostgreSQL, Node.js and the file cache.
    memory_limit: `${Math.max(512, Math.floor(totalmem() / 2 / 2 ** 20))}MiB`,
    // A thread does a part of each statement by turns, so that a heavy one does not keep it from the others.
    scheduler_process_partial: "true",
    autoinstall_known_extensions: "false",
  };
  try {
    if (path !== inMemory && !existsSync(path)) await makeFile(path);
    return await DuckDBInstance.create(path, options);
  } catch (error) {
    throw openingError(path, error);
  }
}

const inMemory = ":memory:";

/** Under another name until its header is whole: a process that is killed meanwhile leaves no damaged data behind. */
async function makeFile(path: string): Promise<void> {
  const begun = `${path}.new`;
  await rm(begun, { force: true });
  const instance = await DuckDBInstance.create(begun);
  instance.closeSync();
  await rename(begun, path);
}

function openingError(path: string, error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (/Could not set lock|being used by another process/i.test(message))
    return new StartError("dataFolderInUse", `The customer data in ${path} is open in another process.`, {
      cause: error,
    });
  return new StartError(
    "unexpected",
    `The customer data in ${path} cannot be read: ${message.split("\n")[0]}. Restore the file from a backup, or move it away and import again.`,
    { cause: error },
  );
}
