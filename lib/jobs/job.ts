import type { Database } from "../server/database";

/** Settles what is due at `now`. It may run in two processes at once, and again after one that was cut off. */
export type Job = (db: Database, now: Date) => Promise<void>;
