import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createDatabase, type Database } from "../server/database";
import { createTestDatabase, type TestDatabase } from "../testing/database";
import type { Job } from "./job";
import { type JobName, jobNames } from "./job-names";
import { type Jobs, startJobs } from "./queue";
import { wake } from "./wake";

const job = "notice-mail" satisfies JobName;
const soon = { timeout: 20_000, interval: 20 };
const idle: Job = async () => undefined;
const idleJobs: Record<JobName, Job> = {
  "release-schedules": idle,
  "rollout-plans": idle,
  "notice-mail": idle,
  "webhook-deliveries": idle,
  "recheck-reviews": idle,
  "break-glass-reminders": idle,
  "membership-clock": idle,
  "membership-retention": idle,
  "score-overrides": idle,
  "score-measures": idle,
  "consumer-lag": idle,
  "key-expiry": idle,
  erasures: idle,
};

let database: TestDatabase;
/** As the queue sees the database. */
let owner: Database;
let started: Jobs[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  owner = createDatabase(database.ownerUrl, 1);
});
afterEach(async () => {
  await Promise.all(started.map((jobs) => jobs.close()));
  started = [];
});
afterAll(async () => {
  await owner.$disconnect();
  await database.drop();
});

/** Starts all jobs, each doing nothing but `run`; resolves once it has run at the start. */
async function start(run: Job): Promise<Jobs> {
  const ran = Promise.withResolvers<void>();
  const own: Job = async (db, now) => {
    ran.resolve();
    await run(db, now);
  };
  const { ownerUrl: databaseUrl, db } = database;
  const opened = await startJobs({ databaseUrl, db, jobs: { ...idleJobs, [job]: own } });
  started.push(opened);
  await ran.promise;
  return opened;
}

function wakeJob(): Promise<void> {
  return database.db.$transaction((tx) => wake(tx, job));
}

test("a job runs at the start, and sees what a transaction that woke it wrote", async () => {
  const seen: number[] = [];
  await start(async (db) => void seen.push(await db.setting.count()));
  await database.db.$transaction(async (tx) => {
    await wake(tx, job);
    await tx.setting.create({ data: { key: "woken", value: 1 } });
  });
  await vi.waitFor(() => expect(seen).toContain(1), soon);
});

test("what is woken while it runs runs once more", async () => {
  const first = Promise.withResolvers<void>();
  let [runs, active, most] = [0, 0, 0];
  await start(async () => {
    most = Math.max(most, ++active);
    if (++runs === 1) await first.promise;
    active--;
  });
  await wakeJob();
  await wakeJob();
  const waiting = () =>
    database.unprotected(
      (tx) => tx.$queryRaw<{ n: bigint }[]>`
        SELECT count(*) AS n FROM pgboss.job WHERE name = ${job} AND state = 'created'`,
    );
  await vi.waitFor(async () => expect(await waiting()).toEqual([{ n: 1n }]), soon);
  first.resolve();
  await vi.waitFor(() => expect(runs).toBeGreaterThan(1), soon);
  expect(most).toBe(1);
});

test("a job that failed runs again when it is woken", async () => {
  let runs = 0;
  await start(async () => {
    if (++runs === 1) throw new Error("not this time");
  });
  await wakeJob();
  await vi.waitFor(() => expect(runs).toBeGreaterThan(1), soon);
});

test("what is said while the connection is lost is made up for when it is there again", async () => {
  let runs = 0;
  await start(async () => void runs++);
  await database.unprotected(
    (tx) => tx.$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE 'LISTEN %'`,
  );
  await wakeJob();
  await vi.waitFor(() => expect(runs).toBeGreaterThan(1), soon);
});

test("closing waits for what runs", async () => {
  const going = Promise.withResolvers<void>();
  let ended = false;
  const jobs = await start(async () => {
    await going.promise;
    ended = true;
  });
  const closing = jobs.close();
  going.resolve();
  await closing;
  expect(ended).toBe(true);
});

test("two processes on one database both start, and one wake has the job run", async () => {
  let runs = 0;
  await start(async () => void runs++);
  await start(async () => void runs++);
  const before = runs;
  await wakeJob();
  await vi.waitFor(() => expect(runs).toBeGreaterThan(before), soon);
});

test("a role that may not make the schema is told what it needs", async () => {
  const { url: databaseUrl, db } = await createTestDatabase();
  await expect(startJobs({ databaseUrl, db, jobs: idleJobs })).rejects.toThrow(/CREATE on the database/);
});

test("each job has a sweep", async () => {
  await start(async () => undefined);
  const rows = await database.unprotected(
    (tx) => tx.$queryRaw<{ name: string; cron: string }[]>`SELECT name, cron FROM pgboss.schedule`,
  );
  expect(rows.map(({ name }) => name).toSorted()).toEqual([...jobNames].toSorted());
});
