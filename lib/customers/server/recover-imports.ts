import { readdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Database } from "../../server/database";
import { processSingleton } from "../../server/process-singleton";
import { importsFolder, rejectsFile } from "./import-item";
import { importQueue } from "./import-queue";

const recovered = processSingleton<Promise<number>>("the imports that were interrupted");

/** Once in a process, before it first speaks of imports: what the one before left running is marked as failed. */
export function recoverImports(db: Database): Promise<number> {
  const found = recovered.find();
  if (found) return found;
  const done = failInterruptedImports(db, new Date());
  recovered.set(done);
  done.catch(() => recovered.clear());
  return done;
}

/** What runs in no queue did not get to its end; of its files, and of uploads cut off, only rejects stay. */
export async function failInterruptedImports(db: Database, now: Date): Promise<number> {
  const error = "Steward stopped while this import ran. Import the file again: nobody is imported twice.";
  const running = importQueue().ids();
  const { count } = await db.import.updateMany({
    where: { state: "running", id: { notIn: running } },
    data: { state: "failed", error, finishedAt: now },
  });
  const known = await db.import.findMany({ where: { id: { notIn: running } }, select: { id: true } });
  const ended = new Set(known.map(({ id }) => id));
  for (const folder of await readdir(importsFolder()).catch(() => [])) {
    const path = join(importsFolder(), folder);
    if (ended.has(folder)) await keepRejectsOnly(path);
    else if (!running.includes(folder) && (await isLeftOver(path))) await rm(path, { recursive: true, force: true });
  }
  return count;
}

/** The upload, and what was unpacked or converted from it. */
async function keepRejectsOnly(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name !== basename(rejectsFile(""))) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Of an upload that came to no import, in a process before this one. */
async function isLeftOver(folder: string): Promise<boolean> {
  const { mtimeMs } = await stat(folder);
  return mtimeMs < Date.now() - process.uptime() * 1_000;
}
