import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "../../server/database";
import { processSingleton } from "../../server/process-singleton";
import { importsFolder } from "./import-item";
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

/** What runs in no queue did not get to its end, and its upload is of no more use. */
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
    if (ended.has(folder)) await rm(join(importsFolder(), folder, "upload"), { force: true });
  }
  return count;
}
