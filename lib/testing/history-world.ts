import type { ComputedAttribute } from "../engine/engine";
import type { DuckDbEngine } from "../engine/server/duckdb-engine";
import { type Artefact, takesNobody } from "../guards/artefact";
import { materialisedAs } from "../membership/server/follow-membership";
import {
  lockEnvironment,
  takeErasureRevision,
  takeMembershipRevision,
  takeReleaseRevision,
  takeRevisionUnlogged,
} from "../membership/server/revision-line";
import type { Transaction } from "../server/database";
import { storedJson } from "../server/stored-json";
import type { TestDatabase } from "./database";
import { artefactOf, testActor } from "./feed-fixture";
import { changeOf, customersOf, environmentOf, historyBegin, historyRules } from "./history-catalogue";
import type { HistoryStep, Variant } from "./history-steps";

const hourMs = 3_600_000;

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

type Ground = {
  readonly database: TestDatabase;
  readonly engine: DuckDbEngine;
  readonly computed: readonly ComputedAttribute[];
};

/** In an environment of its own, with customers who are there already. */
export async function beginHistory(number: number, { database, engine, computed }: Ground): Promise<History> {
  const environment = environmentOf(number);
  const customers = customersOf(number);
  await database.db.environment.create({ data: { key: environment, name: environment, position: number + 10 } });
  const live = new Map<string, Artefact>();
  const before = new Map<string, Artefact[]>();
  let now = historyBegin;
  let isTouched = false;
  let [headRevision, revision, versions, events] = [0, 0, 0, 0];

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
    const given = { key, rule: historyRules[rule] ?? historyRules[0], regions: [...regions], purposes: [...purposes] };
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
      const { customer, region, plan } = step;
      await engine.ingest({ changes: [changeOf(idOf(customer), { region, plan, seen: now })] }, now);
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
