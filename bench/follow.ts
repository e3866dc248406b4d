import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { attributeSchema, catalogueOf } from "../lib/catalogue/definition";
import type { CustomerEvent } from "../lib/engine/customer-records";
import { openDuckDbEngine } from "../lib/engine/server/duckdb-engine";
import { guardedRuleOfArtefact } from "../lib/guards/guarded-rule";
import { createFollower } from "../lib/membership/server/follower";
import { revisionChannel } from "../lib/membership/server/revision-line";
import { artefactOf } from "../lib/releases/artefact-of";
import { segmentDocumentSchema } from "../lib/segments/document";
import { createDatabase } from "../lib/server/database";
import { listenToChannels } from "../lib/server/listen-to-channels";
import { startThrowawayPostgres } from "../lib/server/throwaway-postgres";
import { releaseArtefacts } from "../lib/testing/release-artefacts";
import { deployMigrations } from "../prisma/migrate";
import { machine, percentile } from "./data/machine";

/** From an event to the membership that follows from it, at a steady rate, beside the bare time of a count. */
const customers = Number(process.argv[2] ?? 100_000);
const seconds = Number(process.argv[3] ?? 20);
const eventsPerSecond = Number(process.argv[4] ?? 5_000);
const segments = 20;
const roundMs = 100;
const environment = "production";

const order = {
  ...{ key: "order", name: "Order", description: "" },
  properties: [{ key: "amount", name: "Amount", type: "number" as const }],
};
const attributes = [
  { key: "plan", name: "Plan", type: "string" },
  ...["orders-ever", "orders-lately"].map((key, lately) => ({
    ...{ key, name: key, type: "number", source: "computed" },
    computation: { event: "order", aggregate: "count", ...(lately ? { window: { n: 30, unit: "days" } } : {}) },
  })),
  {
    ...{ key: "spend", name: "Spend", type: "number", source: "computed" },
    computation: { event: "order", aggregate: "sum", property: "amount" },
  },
].map((attribute) => attributeSchema.parse(attribute));
const catalogue = catalogueOf({
  attributes,
  purposes: [{ key: "service", name: "Service", description: "", lawfulBasis: "contract" }],
  regions: ["eu", "us"].map((key) => ({ key, name: key, description: "" })),
});

/** The first takes whoever has ever ordered, so that a new customer's first event is seen to arrive. */
const artefacts = Array.from({ length: segments }, (_, n) => {
  const thresholds = [
    { attribute: "orders-ever", operator: "at_least", value: n + 1 },
    { attribute: "orders-lately", operator: "at_least", value: n },
    { attribute: "spend", operator: "at_least", value: 40 * n },
  ];
  const plan = { attribute: "plan", operator: "in", value: ["free", "plus"].slice(n % 2) };
  const document = segmentDocumentSchema.parse({
    ...{
      key: `segment-${n}`,
      name: `Segment ${n}`,
      owner: { team: "growth", person: "bench@x.test" },
      purposes: ["service"],
    },
    regions: ["eu", "us"],
    // Every other one has a share of all customers, so that the log is long.
    definition: { rule: { all: n === 0 ? [thresholds[0]] : n % 2 === 0 ? [plan] : [thresholds[n % 3], plan] } },
  });
  return artefactOf(document, { version: 1, contentHash: `hash-${n}`, rolloutPercent: 100 }, catalogue);
});

const home = await mkdtemp(join(tmpdir(), "steward-bench-follow-"));
const postgres = await startThrowawayPostgres();
const owner = createDatabase(postgres.url, 1);
const db = createDatabase(postgres.url);
const engine = await openDuckDbEngine(join(home, "customers.duckdb"));
await deployMigrations(postgres.url);
await prepareCustomers();
await owner.eventType.create({ data: order });
await owner.attribute.createMany({ data: attributes.map((attribute) => ({ ...attribute })) });
await releaseArtefacts(owner, { environment, artefacts, createdAt: new Date() });

const arrivals = new Map<string, number>();
const latencies: number[] = [];
let told = segments;
let telling = Promise.resolve();
const listening = listenToChannels(postgres.url, [revisionChannel], {
  heard: (_, said) => {
    const at = performance.now();
    telling = telling.then(() => tell(Number(said.split(":")[1]), at));
  },
  connected: async () => undefined,
});
const follower = createFollower({ db, engine });
follower.touch("all", "start");
await follower.settled();

const counts: number[] = [];
for (const artefact of artefacts) {
  const start = performance.now();
  await engine.count(guardedRuleOfArtefact(artefact), Date.now());
  counts.push(performance.now() - start);
}

const before = process.memoryUsage().rss;
const begun = performance.now();
const rounds = (seconds * 1_000) / roundMs;
const ingesting: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const due = begun + round * roundMs;
  await wait(Math.max(0, due - performance.now()));
  const start = performance.now();
  const { touched } = await engine.ingest(batchOf(round, due), Date.now());
  ingesting.push(performance.now() - start);
  follower.touch(touched, "events");
}
const took = performance.now() - begun;
await follower.settled();
const { revision } = await db.environment.findUniqueOrThrow({ where: { key: environment } });
while (told < revision) await wait(50);
await telling;

const rate = Math.round((rounds * roundMs * eventsPerSecond) / took);
const ms = (values: readonly number[], part: number) => `${Math.round(percentile(values, part))} ms`;
console.log(machine());
console.log(`${customers.toLocaleString("en-GB")} customers, ${segments} segments, ${seconds} s`);
console.log(`events: ${rate.toLocaleString("en-GB")} a second of ${eventsPerSecond.toLocaleString("en-GB")} wanted`);
console.log(
  `a call of ${(eventsPerSecond * roundMs) / 1_000} events: p50 ${ms(ingesting, 0.5)}, p99 ${ms(ingesting, 0.99)}`,
);
console.log(`a bare count of one segment: p50 ${ms(counts, 0.5)}`);
console.log(
  `event to membership, ${latencies.length} of ${arrivals.size} probes: p50 ${ms(latencies, 0.5)}, p99 ${ms(latencies, 0.99)} (bar: 1 s and 5 s)`,
);
console.log(
  `revisions ${revision - segments}; memory ${Math.round(before / 2 ** 20)} MB before, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB after`,
);
await printReading();
await listening.close();
await follower.close();
await engine.close();
await Promise.all([db.$disconnect(), owner.$disconnect()]);
await postgres.stop();
await rm(home, { recursive: true });

async function prepareCustomers(): Promise<void> {
  await engine.addAttributes(attributes);
  await engine.addEventTypes([order]);
  const part = 10_000;
  for (let from = 0; from < customers; from += part) {
    const changes = Array.from({ length: Math.min(part, customers - from) }, (_, n) => ({
      ...{ id: `c${from + n}`, region: n % 3 === 0 ? "us" : "eu" },
      attributes: { plan: ["free", "plus", "premium"][n % 3] ?? "free" },
    }));
    await engine.ingest({ changes }, Date.now());
  }
}

/** What a reader of the log waits for, beside the size that it has come to. */
async function printReading(): Promise<void> {
  const connection = await engine.connect();
  const rows = Number((await connection.runAndReadAll("SELECT count(*) FROM membership_log")).getRows()[0]?.[0]);
  connection.closeSync();
  const [lines, pages]: [number[], number[]] = [[], []];
  for (let n = 0; n < 20; n += 1) {
    const start = performance.now();
    await engine.membershipsOf(environment, `c${n * 997}`);
    lines.push(performance.now() - start);
    const begun = performance.now();
    const of = { environment, segment: `segment-${n}`, revision, regions: ["eu"], limit: 10_000 };
    for await (const _ of engine.membersAt(of));
    pages.push(performance.now() - begun);
  }
  console.log(
    `log of ${rows.toLocaleString("en-GB")} rows: the line of one customer p50 ${ms(lines, 0.5)}, p95 ${ms(lines, 0.95)}; a page of members p50 ${ms(pages, 0.5)}, p95 ${ms(pages, 0.95)}`,
  );
}

/** One probe a round is a customer who had never done anything; the others are anybody. */
function batchOf(
  round: number,
  due: number,
): { readonly changes: { id: string; region: string }[]; readonly events: CustomerEvent[] } {
  const probe = `probe-${round}`;
  arrivals.set(probe, due);
  const at = Date.now();
  const size = (eventsPerSecond * roundMs) / 1_000;
  const events = Array.from({ length: size }, (_, n) => ({
    ...{ id: `${round}-${n}`, type: "order", at, properties: { amount: (n * 7) % 90 } },
    customerId: n === 0 ? probe : `c${Math.floor(Math.random() * customers)}`,
  }));
  return { changes: [{ id: probe, region: "eu" }], events };
}

async function tell(upTo: number, at: number): Promise<void> {
  for await (const page of engine.changesBetween({ environment, after: told, upTo }))
    for (const { segment, customerId } of page) {
      const due = segment === "segment-0" ? arrivals.get(customerId) : undefined;
      if (due !== undefined) latencies.push(at - due);
    }
  told = upTo;
}
