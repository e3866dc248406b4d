import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { createDatabase } from "../lib/server/database";
import { releaseAgain } from "../lib/testing/release-again";
import { createFeedWorld, environment } from "./data/feed-world";
import { machine, percentile } from "./data/machine";

/** What idle streams cost, and how long a release takes to all of them, and to those who poll two replicas. */
const streams = Number(process.argv[2] ?? 1_000);
const releases = Number(process.argv[3] ?? 30);
const pollers = 100;
const segments = 50;
const everyMs = 2_000;
/** Each idle client has had a heartbeat by then. */
const idleMs = 20_000;

const portSchema = z.object({ port: z.int() });
const heardSchema = z.object({ revision: z.int(), at: z.number() });
const reportSchema = z.object({
  heard: z.array(heardSchema),
  polled: z.array(heardSchema.extend({ poller: z.int(), begun: z.number() })),
});

const home = await mkdtemp(join(tmpdir(), "steward-bench-stream-"));
const world = await createFeedWorld(home, { segments, customers: 2_000 });
const copy = join(home, "copy.duckdb");
await cp(world.engineFile, copy);
const replicas = await Promise.all([world.engineFile, copy].map(startFeed));
const [first, second] = replicas;
if (!first || !second) throw new Error("Two replicas are needed.");
const owner = createDatabase(world.databaseUrl, 1);

console.log(machine());
const warm = await startClients(50, 0);
await releaseAgain(owner, { environment, segment: "segment-1", precedence: 1 });
await wait(2_000);
warm.kill();
await wait(2_000);
const before = residentMb(first.child);
const clients = await startClients(streams, pollers);
await wait(idleMs);
const after = residentMb(first.child);
console.log(
  `${streams} idle streams: ${after - before} MB (bar 100 MB), the process ${before} MB before and ${after} MB with them`,
);

const committed: { revision: number; at: number }[] = [];
for (let round = 0; round < releases; round += 1) {
  const revision = await releaseAgain(owner, {
    environment,
    segment: `segment-${round % segments}`,
    precedence: round,
  });
  committed.push({ revision, at: performance.timeOrigin + performance.now() });
  await wait(everyMs);
}
await wait(2_000);
clients.send({});
const [said] = await once(clients, "message");
const { heard, polled } = reportSchema.parse(said);
printStreams();
printPolls();
console.log(`after ${releases} releases the process has ${residentMb(first.child)} MB`);

await owner.$disconnect();
for (const child of [clients, ...replicas.map((replica) => replica.child)]) {
  child.kill();
  await once(child, "exit");
}
await world.stop();
await rm(home, { recursive: true });

async function startFeed(engineFile: string): Promise<{ child: ChildProcess; url: string }> {
  const child = forked("serving-feed.ts", [world.databaseUrl, engineFile]);
  const [said] = await once(child, "message");
  return { child, url: `http://127.0.0.1:${portSchema.parse(said).port}/feed/v1/${environment}` };
}

async function startClients(streaming: number, polling: number): Promise<ChildProcess> {
  const urls = replicas.map(({ url }) => url);
  const child = forked("stream-clients.ts", [world.secret, String(streaming), String(polling), ...urls]);
  await once(child, "message");
  return child;
}

function forked(program: string, args: readonly string[]): ChildProcess {
  return fork(join(import.meta.dirname, "data", program), [...args], { execArgv: [...process.execArgv] });
}

function residentMb({ pid }: ChildProcess): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kilobytes) / 1_024);
}

function printStreams(): void {
  const byRevision = Map.groupBy(heard, ({ revision }) => revision);
  const each: number[] = [];
  const all: number[] = [];
  for (const { revision, at } of committed) {
    const late = (byRevision.get(revision) ?? []).map((told) => told.at - at);
    if (late.length !== streams) throw new Error(`Revision ${revision} came to ${late.length} of ${streams} streams.`);
    each.push(...late);
    all.push(Math.max(...late));
  }
  console.log(
    `commit to one of ${streams} streams: p50 ${ms(each, 0.5)}, p99 ${ms(each, 0.99)} (bar 2,000 ms); to all of them: p50 ${ms(all, 0.5)}, p99 ${ms(all, 0.99)}`,
  );
}

/** From the first poll that was sent after the commit to the answer that has the revision. */
function printPolls(): void {
  const late: number[] = [];
  for (const polls of Map.groupBy(polled, ({ poller }) => poller).values())
    for (const { revision, at } of committed) {
      const since = polls.filter(({ begun }) => begun >= at);
      const told = since.find((poll) => poll.revision >= revision);
      if (since[0] && told) late.push(told.at - since[0].begun);
    }
  console.log(
    `${pollers} pollers of two replicas, twice a second, after the first poll behind the commit: p50 ${ms(late, 0.5)}, p99 ${ms(late, 0.99)} (bar 1,000 ms)`,
  );
}

function ms(values: readonly number[], part: number): string {
  return `${Math.round(percentile(values, part)).toLocaleString("en")} ms`;
}
