import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Actor } from "../access/actor";
import type { Role } from "../access/permissions";
import type { DuckDbEngine } from "../engine/server/duckdb-engine";
import { closeEngine, openEngine } from "../engine/server/engine-instance";
import { isDomainError } from "../errors";
import { releaseVersion } from "../releases/server/release-version";
import type { Profile } from "../rules/definition";
import type { Context } from "../server/context";
import type { Database } from "../server/database";
import { storedJson } from "../server/stored-json";
import type { PolicyAsk, PolicyConditions } from "../versions/approval-policy";
import type { Version } from "../versions/contract";
import { createSegment } from "../versions/server/create-segment";
import { recordVerdict } from "../versions/server/record-verdict";
import { submitVersion } from "../versions/server/submit-version";
import { createTestDatabase, type TestDatabase } from "./database";

export const testNow = new Date("2026-06-01T12:00:00.000Z");

/** One segment's world: a catalogue, two environments, 400 customers, and people of every role. */
export type Governance = {
  readonly database: TestDatabase;
  readonly engine: DuckDbEngine;
  as(name: PersonName, at?: Date): Context;
  close(): Promise<void>;
};

const cast = {
  author: ["author"],
  author2: ["author"],
  reviewer: ["reviewer"],
  reviewer2: ["reviewer"],
  /** Writes and reviews: what bypasses are tried with. */
  both: ["author", "reviewer"],
  /** A second account of the author's sign-on. */
  twin: ["reviewer"],
  privacy: ["privacy"],
  operator: ["operator"],
  support: ["support"],
  viewer: ["viewer"],
  admin: ["admin"],
  admin2: ["admin"],
} as const satisfies Record<string, readonly Role[]>;
export type PersonName = keyof typeof cast;

/**
 * One reviewer approves for production, however many move, unless the policies are to be as they are installed. In a
 * database and folder of its own, unless one is given that somebody else clears away.
 */
export async function createGovernance(
  policies: "one reviewer" | "as installed" = "one reviewer",
  given?: { readonly database: TestDatabase; readonly folder: string },
): Promise<Governance> {
  const database = given?.database ?? (await createTestDatabase());
  const folder = given?.folder ?? (await mkdtemp(join(tmpdir(), "steward-governance-")));
  const engine = await openEngine(join(folder, "customers.duckdb"));
  const { db } = database;
  await db.environment.createMany({
    data: [
      { key: "staging", name: "Staging", position: 1 },
      { key: "production", name: "Production", position: 2 },
    ],
  });
  await db.team.create({ data: { key: "growth", name: "Growth" } });
  await db.person.createMany({
    data: Object.entries(cast).map(([name, roles]) => ({
      ...{ id: `id-${name}`, email: `${name}@x.test`, name, roles: [...roles] },
      subject: name === "author" || name === "twin" ? "https://id.test|1" : null,
    })),
  });
  if (policies === "one reviewer") await askForOneReviewer(db);
  await db.attribute.createMany({
    data: [
      { key: "plan", name: "Plan", type: "string" },
      { key: "spend", name: "Spend", type: "number" },
    ],
  });
  await db.purpose.createMany({
    data: [
      { key: "marketing", name: "Marketing", lawfulBasis: "consent" },
      { key: "service", name: "Service", lawfulBasis: "contract" },
    ],
  });
  await db.region.createMany({
    data: [
      { key: "eu", name: "Europe" },
      { key: "us", name: "United States" },
    ],
  });
  await engine.addAttributes([
    { key: "plan", name: "Plan", type: "string", description: "", source: "stored", labels: [] },
    { key: "spend", name: "Spend", type: "number", description: "", source: "stored", labels: [] },
  ]);
  await engine.upsert(Array.from({ length: 400 }, (_, index) => customer(index)));
  return {
    database,
    engine,
    as: (name, at = testNow) => ({ actor: actorNamed(name), db, now: at }),
    async close() {
      await closeEngine();
      await database.drop();
      if (!given) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function askForOneReviewer(db: Database): Promise<void> {
  for (const key of ["large-impact", "large-share-of-customers"]) await changePolicy(db, key, { enabled: false });
}

/** How many reviewers production asks for. */
export async function askForReviewers({ database }: Governance, count: number): Promise<void> {
  await changePolicy(database.db, "production", { asks: [{ role: "reviewer", count }] });
}

/** As two people do it: a policy changes by a change that somebody else decided on. */
export async function changePolicy(
  db: Database,
  key: string,
  content: { readonly enabled?: boolean; readonly asks?: PolicyAsk[]; readonly conditions?: PolicyConditions },
): Promise<void> {
  const subject = { kind: "approval-policy", subjectId: key, subjectName: key };
  const { name, description, conditions, asks, enabled } = await db.approvalPolicy.findUniqueOrThrow({
    where: { key },
  });
  const after = storedJson({ name, description, conditions, asks, enabled, ...content });
  const { id } = await db.change.create({ data: { ...subject, after, authorId: "id-admin", authorName: "admin" } });
  const decided = { decidedById: "id-admin2", decidedAt: testNow, state: "applied" } as const;
  await db.change.update({ where: { id }, data: decided });
  await db.approvalPolicy.update({ where: { key }, data: { ...content, changeId: id, updatedAt: testNow } });
}

/** Every second is premium, every fourth lacks a spend, every tenth has not consented, every fifth lives in the US. */
function customer(index: number): Profile {
  return {
    id: `c${String(index).padStart(4, "0")}`,
    region: index % 5 === 0 ? "us" : "eu",
    consents: index % 10 === 1 ? [] : ["marketing"],
    objections: [],
    attributes: {
      plan: index % 2 === 0 ? "premium" : "free",
      ...(index % 4 === 3 ? {} : { spend: index }),
    },
  };
}

export function actorNamed(name: PersonName): Actor {
  return { id: `id-${name}`, email: `${name}@x.test`, name, team: null, roles: cast[name], via: "session" };
}

/** Sound: 160 premium customers in Europe; its single condition is met by 200. */
export function documentOf(key: string, change: Record<string, unknown> = {}) {
  return {
    key,
    name: `Segment ${key}`,
    owner: { team: "growth", person: "author@x.test" },
    purposes: ["service"],
    regions: ["eu"],
    definition: { rule: { all: [{ attribute: "plan", operator: "equals", value: "premium" }] } },
    treatments: { support_queue: "priority" },
    ...change,
  };
}

export async function submitted(
  world: Governance,
  key: string,
  by: PersonName = "author",
  change: Record<string, unknown> = {},
): Promise<Version> {
  const { version } = await createSegment(world.as(by), { document: documentOf(key, change) });
  return (await submitVersion(world.as(by), { id: version.id })).version;
}

export async function approved(world: Governance, key: string, change: Record<string, unknown> = {}): Promise<Version> {
  const { id, contentHash } = await submitted(world, key, "author", change);
  return (await recordVerdict(world.as("reviewer"), { id, contentHash, verdict: "approve" })).version;
}

export async function released(world: Governance, key: string, change: Record<string, unknown> = {}): Promise<Version> {
  const version = await approved(world, key, change);
  await releaseVersion(world.as("operator"), { id: version.id, environment: "production" });
  return { ...version, state: "released" };
}

/** "conflict stale-draft" for the DomainError that a call throws; the rest of the test asserts on it. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "done",
    (error: unknown) => {
      if (isDomainError(error)) return `${error.code} ${error.reason}`;
      throw error;
    },
  );
}
