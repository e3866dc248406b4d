import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { StartError } from "./start-error";

export type DataFolder = { path: string; release: () => Promise<void> };

/** What is written beside the lock, for the message to whoever finds it held. */
type Holder = { pid: number; address: string };

const lockPatienceMs = 5000;

/**
 * Makes the data folder ours, or throws a StartError that names who has it. The lock is the operating system's, on a
 * SQLite file, so it ends with the process however that ends; a server that is just going down is waited for.
 */
export async function claimDataFolder(path: string, address: string, patienceMs = lockPatienceMs): Promise<DataFolder> {
  await mkdir(path, { recursive: true });
  const lock = await acquireLock(path, patienceMs);
  const holder: Holder = { pid: process.pid, address };
  await writeFile(holderFile(path), JSON.stringify(holder));
  const release = async () => {
    await rm(holderFile(path), { force: true });
    lock.close();
  };
  return { path, release };
}

/** A secret that is made once and kept in the data folder, readable by its owner only. */
export async function keptSecret(dataFolder: string, name: string): Promise<string> {
  const file = join(dataFolder, name);
  if (!existsSync(file)) {
    await mkdir(dataFolder, { recursive: true });
    await writeFile(`${file}.new`, randomBytes(32).toString("hex"), { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
  return (await readFile(file, "utf8")).trim();
}

async function acquireLock(path: string, patienceMs: number): Promise<DatabaseSync> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const lock = tryLock(join(path, "lock"));
    if (lock) return lock;
    if (Date.now() > deadline) throw await inUse(path);
    await pause(100);
  }
}

function tryLock(file: string): DatabaseSync | null {
  const lock = new DatabaseSync(file);
  try {
    lock.exec("PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock.close();
    if (error instanceof Error && "errcode" in error && error.errcode === sqliteBusy) return null;
    throw error;
  }
}

const sqliteBusy = 5;

async function inUse(path: string): Promise<StartError> {
  const content = await readFile(holderFile(path), "utf8").catch(() => "");
  const holder = parseHolder(content);
  const who = holder ? `process ${holder.pid}, at ${holder.address}` : "another process";
  return new StartError(
    "dataFolderInUse",
    `The data folder ${path} is in use by ${who}. Stop that one, or give this one its own with STEWARD_DATA.`,
  );
}

function parseHolder(content: string): Holder | null {
  try {
    return JSON.parse(content) as Holder;
  } catch {
    return null;
  }
}

function holderFile(path: string): string {
  return join(path, "lock-holder.json");
}
