import type { Transaction } from "../server/database";
import type { JobName } from "./job-names";

/** The PostgreSQL channel on which a job's name is said. */
export const jobsChannel = "steward_jobs";

/** Has a job look for what is due as soon as the transaction is committed; without it, the sweep of each minute does. */
export async function wake(tx: Transaction, job: JobName): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${jobsChannel}, ${job})`;
}
