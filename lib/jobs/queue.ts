import { PgBoss } from "pg-boss";
import type { Database } from "../server/database";
import { listenToChannels } from "../server/listen-to-channels";
import { log } from "../server/log";
import { StartError } from "../server/start-error";
import type { Job } from "./job";
import { isJobName, type JobName, jobNames, sweeps } from "./job-names";
import { jobsChannel } from "./wake";

export type Jobs = { readonly close: () => Promise<void> };

type Start = {
  /** Of a role that may make the schema `pgboss`, which the queue keeps for itself. */
  readonly databaseUrl: string;
  readonly db: Database;
  readonly jobs: Readonly<Record<JobName, Job>>;
};

const closeWithinMs = 10_000;
/** Workers are woken; they also look by themselves, as one of another process may be gone with what it took. */
const lookEverySeconds = 15;
const keepDoneSeconds = 3_600;

/**
 * Runs each job at the start, when a verb wakes it and at its sweep: never two of one name in this process, and a wake
 * while it runs has it run again. What fails is logged, and tried again at the next wake or sweep.
 */
export async function startJobs({ databaseUrl, db, jobs }: Start): Promise<Jobs> {
  const boss = new PgBoss({ connectionString: databaseUrl, application_name: "steward jobs", max: 4 });
  boss.on("error", (error) => log.warn({ err: error }, "the job queue"));
  await boss.start().catch(refuseStart);
  const workers = new Map<JobName, string>();
  for (const name of jobNames) workers.set(name, await work(boss, name, () => jobs[name](db, new Date())));

  const wakeUp = async (name: JobName) => {
    const worker = workers.get(name);
    try {
      await boss.send(name);
      if (worker) boss.notifyWorker(worker);
    } catch (error) {
      log.warn({ err: error, job: name }, "a job could not be woken");
    }
  };
  const listening = listenToChannels(databaseUrl, [jobsChannel], {
    heard: (_, name) => void (isJobName(name) && wakeUp(name)),
    connected: async () => void (await Promise.all(jobNames.map(wakeUp))),
  });

  return {
    async close() {
      await listening.close();
      await boss.stop({ graceful: true, timeout: closeWithinMs });
    },
  };
}

function refuseStart(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  throw new StartError(
    "migrationFailed",
    `The queue of jobs cannot keep its schema "pgboss": ${reason}. Its role needs CREATE on the database.`,
    { cause: error },
  );
}

/** One waits at most; the id of the worker that takes it. */
async function work(boss: PgBoss, name: JobName, run: () => Promise<void>): Promise<string> {
  await boss.createQueue(name, { policy: "short", retryLimit: 0, deleteAfterSeconds: keepDoneSeconds });
  await boss.schedule(name, sweeps[name]);
  return boss.work(name, { pollingIntervalSeconds: lookEverySeconds }, async () => {
    try {
      await run();
    } catch (error) {
      log.error({ err: error, job: name }, "a job failed");
      throw error;
    }
  });
}
