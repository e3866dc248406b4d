import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../lib/access/actor";
import { passwordMatches } from "../../lib/access/server/password";
import { verifyAudit } from "../../lib/audit/server/verify-audit";
import type { DuckDbEngine } from "../../lib/engine/server/duckdb-engine";
import { closeEngine, openEngine } from "../../lib/engine/server/engine-instance";
import { listConsumers } from "../../lib/feed/server/consumers/consumers";
import { isBlocking } from "../../lib/findings";
import { listLists } from "../../lib/lists/server/list-lists";
import { followFromStart } from "../../lib/membership/server/follow-from-start";
import { countDocument } from "../../lib/previews/server/count-document";
import { listSegments } from "../../lib/releases/server/segment-list";
import type { Profile } from "../../lib/rules/definition";
import { segmentListQuerySchema } from "../../lib/segments/list-query";
import { createTestDatabase, type TestDatabase } from "../../lib/testing/database";
import { versionStates } from "../../lib/versions/state";
import { calendarOf, dayMilliseconds } from "./calendar";
import { customerEvents } from "./customers/customer-events";
import { generateCustomers } from "./customers/generate-customers";
import { demoComputed } from "./events";
import { demoPassword } from "./people";
import { seedDemo } from "./seed-demo";

const now = new Date("2026-11-21T09:30:00Z");
const options = { now, seed: 20, customers: 2_000 };

let test: TestDatabase;
let engine: DuckDbEngine;
let folder: string;
let admin: Actor;

beforeAll(async () => {
  test = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "steward-seed-"));
  engine = await openEngine(join(folder, "customers.duckdb"));
  await seedDemo({ db: test.db, engine, ...options });
  const person = await test.db.person.findUniqueOrThrow({ where: { email: "admin@demo.steward" } });
  admin = { ...person, team: person.teamKey, via: "session" };
}, 300_000);
afterAll(async () => {
  await closeEngine();
  await rm(folder, { recursive: true, force: true });
  await test.drop();
});

describe("the demo", () => {
  it("has nine people who sign in with the password that the start prints", async () => {
    const people = await test.db.person.findMany();
    expect(people).toHaveLength(9);
    for (const { passwordHash } of people) expect(await passwordMatches(passwordHash, demoPassword)).toBe(true);
  });

  it("has label policies and a transfer that one person proposed and another applied, and serves what it did", async () => {
    const applied = await test.db.change.findMany({ where: { kind: { in: ["label-policy", "transfer-rule"] } } });
    expect(applied.map(({ state, authorId }) => [state, authorId === admin.id])).toEqual([
      ["applied", false],
      ["applied", false],
      ["applied", false],
    ]);
    const { items } = await listConsumers({ db: test.db, actor: admin, now });
    expect(items.find(({ key }) => key === "gateway-eu")).toMatchObject({
      location: "eu",
      keys: [{ regionsNotServed: [] }, { regionsNotServed: [] }],
    });
  });

  it("knows its customers in the end as the generator made them", async () => {
    const customers = generateCustomers({ ...options, count: options.customers });
    expect(await engine.population()).toBe(customers.length);
    for (const customer of customers.slice(0, 300)) {
      const stored = await engine.get(customer.id);
      expect(stored && inOrder(withoutComputed(stored))).toEqual(inOrder(customer));
    }
  });

  it("follows its customers as they come and move, so that a start has nobody left to look at", async () => {
    await followFromStart({ db: test.db, engine, now });
    const causes = await test.db.revision.groupBy({ by: ["cause"], where: { kind: "membership" }, _count: true });
    expect(causes.map(({ cause }) => cause).sort()).toEqual(["data", "time"]);
  });

  it("knows of every customer what follows from their events", async () => {
    const customers = generateCustomers({ ...options, count: options.customers });
    const calendar = calendarOf(now);
    for (const customer of customers.slice(0, 300)) {
      const orders = customerEvents(customer, calendar).filter(({ type }) => type === "order");
      const stored = await engine.get(customer.id);
      expect(stored?.attributes.first_order_at).toBe(orders.at(-1)?.at);
      const year = orders.filter(({ at }) => at > now.getTime() - 365 * dayMilliseconds);
      const spend = year.reduce((sum, { properties }) => sum + Number(properties.amount), 0);
      expect(stored?.attributes.spend_365d).toBeCloseTo(spend, 2);
    }
  });

  it("has lists with several versions that live segments stand on, and a segment that stands on another", async () => {
    const { items } = await listLists({ db: test.db, actor: admin, now });
    for (const { version, size, segments } of items) {
      expect(version).toBeGreaterThan(1);
      expect(size).toBeGreaterThan(10);
      expect(segments).toBeGreaterThan(0);
    }
    expect(items.map(({ key }) => key)).toEqual(["design-partners", "press"]);
    expect(items.map(({ expiringSoon }) => expiringSoon > 0)).toEqual([true, false]);
    expect(await test.db.segment.count({ where: { refersTo: { isEmpty: false } } })).toBe(2);
  });

  it("has consumers that read flagd and JsonLogic, and are told of live segments", async () => {
    const consumers = await test.db.consumer.findMany({ where: { format: { not: "tree" } }, include: { keys: true } });
    expect(consumers.map(({ format }) => format).sort()).toEqual(["flagd", "jsonlogic"]);
    for (const { keys } of consumers) {
      const purposes = { purposes: { hasSome: keys.flatMap((key) => key.purposes) } };
      const live = { releases: { some: { environmentKey: "production", endedAt: null } } };
      expect(await test.db.segment.count({ where: { ...purposes, ...live } })).toBeGreaterThan(0);
    }
  });

  it("has a consumer that is behind and one that refuses, of which people were told, and others that are current", async () => {
    const { items } = await listConsumers({ db: test.db, actor: admin, now });
    const states = items.flatMap(({ key, keys }) => keys.flatMap(({ lag }) => (lag ? [[key, lag.state]] : [])));
    expect(states).toContainEqual(["mail-sender", "behind"]);
    expect(states).toContainEqual(["risk-engine", "refused"]);
    expect(states.filter(([, state]) => state === "current").length).toBeGreaterThan(4);
    const told = await test.db.notice.findMany({ where: { kind: { startsWith: "consumer." } }, distinct: "kind" });
    expect(told.map(({ kind }) => kind).toSorted()).toEqual(["consumer.behind", "consumer.refused"]);
  });

  it("has a source that sends customers, events and what they agree to", async () => {
    const { items } = await listConsumers({ db: test.db, actor: admin, now });
    const source = `key:${items.find(({ key }) => key === "crm")?.keys[0]?.id}`;
    const rows = await test.db.ingestHour.groupBy({ by: ["target"], where: { source }, _sum: { accepted: true } });
    expect(rows.map(({ target }) => target).toSorted()).toEqual(["consents", "customers", "events"]);
  });

  it.each(versionStates)("has a version that is %s", async (state) => {
    expect(await test.db.version.count({ where: { state } })).toBeGreaterThan(0);
  });

  it.each(["live", "in_review", "draft", "killed", "never", "review_due"] as const)(
    "has segments that are %s",
    async (state) => {
      const list = await listSegments({ db: test.db, actor: admin, now }, segmentListQuerySchema.parse({ state }));
      expect(list.total).toBeGreaterThan(0);
    },
  );

  it("has 27 segments, among them canaries, one rolled back and one in staging alone", async () => {
    expect(await test.db.segment.count()).toBe(27);
    const current = await test.db.release.findMany({ where: { endedAt: null }, include: { segment: true } });
    const production = current.filter(({ environmentKey }) => environmentKey === "production");
    expect(production.map(({ rolloutPercent }) => rolloutPercent)).toEqual(expect.arrayContaining([25, 60, 100]));
    expect(production.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["release", "rollback", "kill"]));
    const served = new Set(production.map(({ segment }) => segment.key));
    const staging = current.filter(
      ({ environmentKey, segment }) => environmentKey === "staging" && !served.has(segment.key),
    );
    expect(staging.map(({ segment }) => segment.key)).toEqual(["checkout-next"]);
  });

  it("has members today in every segment that is live in production, but for the emptied one", async () => {
    const live = await test.db.release.findMany({
      where: { environmentKey: "production", endedAt: null },
      include: {
        segment: { include: { counts: { where: { environmentKey: "production" }, orderBy: { day: "asc" } } } },
      },
    });
    for (const { kind, segment } of live) {
      const members = segment.counts.at(-1)?.members ?? 0;
      if (kind === "kill") expect(members, segment.key).toBe(0);
      else expect(members, segment.key).toBeGreaterThan(0);
    }
  });

  it("has a count for each of the last 30 days of what was live on all of them", async () => {
    const since = new Date("2026-10-23");
    const counts = await test.db.memberCount.findMany({
      where: { day: { gte: since }, environmentKey: "production", segment: { key: "newsletter-weekly" } },
    });
    expect(counts).toHaveLength(30);
  });

  it("serves nothing that a finding blocks", async () => {
    const live = await test.db.release.findMany({ where: { endedAt: null }, include: { version: true } });
    for (const { version, environmentKey } of live) {
      const { preview } = await countDocument(test.db, {
        document: version.document,
        environment: environmentKey,
        asOf: now,
      });
      expect(preview.findings.filter(isBlocking)).toEqual([]);
    }
  });

  it("shows a draft that two findings block, and drafts that only warn", async () => {
    const findingsOf = async (key: string) => {
      const version = await test.db.version.findFirstOrThrow({
        where: { segment: { key } },
        orderBy: { number: "desc" },
      });
      const { preview } = await countDocument(test.db, {
        document: version.document,
        environment: "production",
        asOf: now,
      });
      return preview.findings;
    };
    expect(
      (await findingsOf("student-discount-2027"))
        .filter(isBlocking)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(["purposes", "tests[1]"]);
    for (const key of ["trial-day-10", "nps-detractors"]) {
      const findings = await findingsOf(key);
      expect(findings.filter(isBlocking)).toEqual([]);
      expect(findings.map(({ severity }) => severity)).toContain("warning");
    }
  });

  it("has an audit whose chain holds and whose instants never go back", async () => {
    expect(await verifyAudit(test.db)).toMatchObject({ ok: true, brokenAt: null });
    const entries = await test.db.auditEntry.findMany({ orderBy: { sequence: "asc" }, select: { at: true } });
    const instants = entries.map(({ at }) => at.getTime());
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
  });

  it("fails loudly where something is installed already", async () => {
    await expect(seedDemo({ db: test.db, engine, ...options })).rejects.toThrow();
  });
});

function withoutComputed(profile: Profile): Profile {
  const computed = new Set(demoComputed.map(({ key }) => key));
  const attributes = Object.entries(profile.attributes).filter(([key]) => !computed.has(key));
  return { ...profile, attributes: Object.fromEntries(attributes) };
}

/** Sets have no order of their own. */
function inOrder(profile: Profile) {
  const attributes = Object.entries(profile.attributes).map(([key, value]) => [
    key,
    Array.isArray(value) ? value.toSorted() : value,
  ]);
  return { ...profile, consents: profile.consents.toSorted(), attributes: Object.fromEntries(attributes) };
}
