import { processSingleton } from "../../server/process-singleton";

/** Imports of this process: one runs, the others wait their turn. */
export type ImportQueue = {
  add(id: string, run: (job: ImportJob) => Promise<void>): void;
  find(id: string): ImportJob | undefined;
  ids(): string[];
  /** Settles when the import has ended, however it did. */
  ended(id: string): Promise<void>;
  /** The same of all that are there now. */
  settled(): Promise<void>;
};

export type ImportJob = { readonly signal: AbortSignal; cancel(): void; rows: number };

const shared = processSingleton<ImportQueue>("the queue of imports");

export function importQueue(): ImportQueue {
  const found = shared.find() ?? createImportQueue();
  shared.set(found);
  return found;
}

function createImportQueue(): ImportQueue {
  const jobs = new Map<string, ImportJob & { done: Promise<void> }>();
  let last: Promise<void> = Promise.resolve();
  return {
    add(id, run) {
      const controller = new AbortController();
      const job = { signal: controller.signal, cancel: () => controller.abort(), rows: 0 };
      last = last
        .then(() => run(job))
        .catch(() => undefined)
        .finally(() => jobs.delete(id));
      jobs.set(id, Object.assign(job, { done: last }));
    },
    find: (id) => jobs.get(id),
    ids: () => [...jobs.keys()],
    ended: async (id) => jobs.get(id)?.done,
    settled: () => last,
  };
}
