import { attributeSchema } from "../catalogue/definition";
import type { ComputedAttribute } from "../engine/engine";
import type { DuckDbEngine } from "../engine/server/duckdb-engine";
import { openDuckDbEngine } from "../engine/server/duckdb-engine";
import { checkSource } from "../events/check-source";
import { type Artefact, takesNobody } from "../guards/artefact";
import { materialisedAs } from "../membership/server/follow-membership";
import {
  lockEnvironment,
  takeErasureRevision,
  takeMembershipRevision,
  takeReleaseRevision,
  takeRevisionUnlogged,
} from "../membership/server/revision-line";
import type { Rule } from "../rules/definition";
import type { Transaction } from "../server/database";
import { storedJson } from "../server/stored-json";
import { createTestDatabase, type TestDatabase } from "./database";
import { artefactOf, testActor } from "./feed-fixture";
import { type HistoryStep, historyCustomers, historySegments, type Variant } from "./history-steps";

const hourMs = 3_600_000;
const begin = Date.parse("2026-05-01T00:00:00Z");
const order = { key: "order", name: "Order", description: "", properties: [] };
const stored = [
  { key: "plan", name: "Plan", type: "string" },
  { key: "seen", name: "Seen", type: "timestamp" },
].map((attribute) => attributeSchema.parse(attribute));
const orders = attributeSchema.parse({
  ...{ key: "orders", name: "Orders", type: "number", source: "computed" },
  computation: { event: "order", aggregate: "count", window: { n: 24, unit: "hours" } },
});
const rules: readonly Rule[] = [
  { attribute: "plan", operator: "is_set" },
  { attribute: "plan", operator: "is_not_set" },
  { attribute: "orders", operator: "at_least", value: 1 },
  { attribute: "seen", operator: "within_last", value: { n: 36, unit: "hours" } },
];

/** A database and an engine in which many histories happen, each with an environment and customers of its own. */
export type HistoryGround = {
  readonly database: TestDatabase;
  readonly engine: DuckDbEngine;
  /** With a new engine: one that has seen hundreds of histories is slow to read. */
  begin(): Promise<History>;
  close(): Promise<void>;
};

export type History = {
  readonly environment: string;
  readonly engine: DuckDbEngine;
  readonly database: TestDatabase;
  perform(step: HistoryStep): Promise<void>;
  /** Has the membership log follow whoever was touched. */
  follow(): Promise<void>;
  /** What is served: the head, the revision of the newest release or erasure, and what of each segment. */
  served(): Served;
};
export type Served = {
  readonly headRevision: number;
  readonly revision: number;
  readonly live: ReadonlyMap<string, Artefact>;
};

const historiesOfEngine = 200;

export async function prepareHistories(): Promise<HistoryGround> {
  const database = await createTestDatabase();
  const segments = Array.from({ length: historySegments }, (_, n) => `s${n}`);
  await database.unprotected(async (tx) => {
    await tx.person.create({ data: { id: testActor.id, email: testActor.email, name: "Admin", roles: ["admin"] } });
    for (const id of segments) {
      await tx.segment.create({ data: { id, key: id, name: id, criticality: "operational" } });
      await tx.version.create({
        data: { id, segmentId: id, number: 1, document: {}, contentHash: id, authorId: testActor.id },
      });
    }
  });
  const checked = checkSource(orders, new Map([[order.key, order]]));
  const computed = checked.ok && checked.computed ? [checked.computed] : [];
  let engine: DuckDbEngine | undefined;
  let begun = 0;

  async function openEngine(): Promise<DuckDbEngine> {
    const opened = await openDuckDbEngine(":memory:");
    await opened.addAttributes([...stored, orders]);
    await opened.addEventTypes([order]);
    // Its statements are small: sharing one out costs more than it saves.
    const connection = await opened.connect();
    await connection.run("SET threads = 1");
    connection.closeSync();
    return opened;
  }

  engine = await openEngine();
  const ground = {
    database,
    get engine() {
      if (!engine) throw new Error("The engine is closed.");
      return engine;
    },
    async begin() {
      if (begun > 0 && begun % historiesOfEngine === 0) {
        await engine?.close();
        engine = await openEngine();
      }
      begun += 1;
      return beginHistory(`h${String(begun).padStart(6, "0")}`, begun, { database, engine: ground.engine, computed });
    },
    async close() {
      await engine?.close();
      await database.drop();
    },
  };
  return ground;
}

type Ground = {
  readonly database: TestDatabase;
  readonly engine: DuckDbEngine;
  readonly computed: readonly ComputedAttribute[];
};

async function beginHistory(environment: string, position: number, ground: Ground): Promise<History> {
  const { database, engine, computed } = ground;
  await database.db.environment.create({ data: { key: environment, name: environment, position: position + 10 } });
  const customers = Array.from({ length: historyCustomers }, (_, n) => `${environment}-c${n}`);
  const live = new Map<string, Artefact>();
  const before = new Map<string, Artefact[]>();
  let now = begin;
  let isTouched = false;
  let [headRevision, revision, versions, events] = [0, 0, 0, 0];

  await engine.ingest({ changes: customers.map((id, n) => changeOf(id, n % 2 === 0 ? "eu" : "us", "pro")) }, now);

  function changeOf(id: string, region: string, plan: string | null) {
    return { id, region, attributes: { plan, seen: now } };
  }
  const idOf = (n: number) => customers[n] ?? "";

  async function release(artefact: Artefact, isLogged = true): Promise<void> {
    await database.unprotected(async (tx) => {
      const next = {
        ...({ environment: await lockEnvironment(tx, environment), kind: "release", cause: "release" } as const),
        ...{ engine, now: new Date(now), customers, segments: [materialisedAs(artefact, new Set(customers))] },
      };
      revision = isLogged ? await takeReleaseRevision(tx, next) : await takeRevisionUnlogged(tx, next);
      await writeRelease(tx, environment, revision, artefact);
    });
    headRevision = revision;
    const earlier = live.get(artefact.key);
    if (earlier) before.set(artefact.key, [...(before.get(artefact.key) ?? []), earlier]);
    live.set(artefact.key, artefact);
  }

  function served(key: string, { rule, regions, purposes, rollout }: Variant, more = {}): Artefact {
    versions += 1;
    const given = { key, rule: rules[rule] ?? rules[0], regions: [...regions], purposes: [...purposes] };
    return artefactOf({ ...given, rule: given.rule ?? { all: [] }, rolloutPercent: rollout, ...more }, versions);
  }

  async function stop(kind: "archive" | "kill" | "kill unlogged", key: string): Promise<void> {
    const artefact = live.get(key);
    if (!artefact || takesNobody(artefact)) return;
    const variant = {
      ...{ rule: 0, regions: artefact.regions, rollout: 100 },
      purposes: artefact.purposes.map((purpose) => purpose.key),
    };
    const standing = { state: "archived", notice: "Gone." } as const;
    await release(served(key, variant, kind === "archive" ? { standing } : { killed: true }), kind !== "kill unlogged");
  }

  async function erase(id: string): Promise<void> {
    await engine.erase([id]);
    await database.db.$transaction(async (tx) => {
      const locked = await lockEnvironment(tx, environment);
      revision = await takeErasureRevision(tx, { environment: locked, engine, now: new Date(now) });
    });
    headRevision = revision;
  }

  async function perform(step: HistoryStep): Promise<void> {
    isTouched ||= !["release", "compact"].includes(step.kind);
    if (step.kind === "data") {
      await engine.ingest({ changes: [changeOf(idOf(step.customer), step.region, step.plan)] }, now);
    } else if (step.kind === "consent") {
      const consent = { customerId: idOf(step.customer), purpose: "marketing", state: step.state, at: now, source: "" };
      await engine.ingest({ consents: [consent] }, now);
    } else if (step.kind === "event") {
      events += 1;
      const at = now - step.hoursAgo * hourMs;
      const event = {
        id: `${environment}-e${events}`,
        customerId: idOf(step.customer),
        type: "order",
        at,
        properties: {},
      };
      await engine.ingest({ events: [event] }, now);
    } else if (step.kind === "time") now += step.hours * hourMs;
    else if (step.kind === "release") await release(served(`s${step.segment}`, step.variant));
    else if (step.kind === "roll back") {
      const artefact = before.get(`s${step.segment}`)?.at(-1);
      if (artefact) await release(artefact);
    } else if (step.kind === "archive" || step.kind === "kill" || step.kind === "kill unlogged")
      await stop(step.kind, `s${step.segment}`);
    else if (step.kind === "merge" || step.kind === "unmerge") {
      // Who is merged already, or erased, cannot be merged.
      await engine[step.kind]({ from: idOf(step.from), into: idOf(step.into) }, now).catch(() => undefined);
    } else if (step.kind === "erase") await erase(idOf(step.customer));
    else if (step.kind === "compact")
      await engine.compact({ environment, upTo: Math.max(0, headRevision - step.back) });
  }

  async function follow(): Promise<void> {
    if (!isTouched) return;
    isTouched = false;
    if (events > 0) await engine.refresh(computed, now, { customers });
    const among = new Set(customers);
    const segments = [...live.values()].map((artefact) => materialisedAs(artefact, among));
    if (segments.length === 0) return;
    await database.db.$transaction(async (tx) => {
      const locked = await lockEnvironment(tx, environment);
      const moved = { environment: locked, kind: "membership", cause: "data", engine, now: new Date(now) } as const;
      headRevision = (await takeMembershipRevision(tx, { ...moved, segments, customers })) ?? headRevision;
    });
  }

  return { environment, engine, database, perform, follow, served: () => ({ headRevision, revision, live }) };
}

async function writeRelease(tx: Transaction, environment: string, revision: number, artefact: Artefact): Promise<void> {
  const { key: id, contentHash, killed } = artefact;
  await tx.release.create({
    data: {
      ...{ environmentKey: environment, segmentId: id, versionId: id, revision, contentHash, actorId: testActor.id },
      ...{ kind: killed ? "kill" : "release", artefact: storedJson(artefact) },
    },
  });
}
