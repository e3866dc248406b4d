import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyAudit } from "../../audit/server/verify-audit";
import { decide, type Proposal, propose } from "../../testing/changing";
import { createGovernance, type Governance, type PersonName, refusal, testNow } from "../../testing/governance";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
  const { db } = world.database;
  await db.freezeWindow.create({
    data: {
      ...{
        id: "freeze",
        environmentKey: "production",
        from: testNow,
        reason: "Year's end",
        createdById: "id-operator",
      },
      until: new Date("2026-07-01T00:00:00.000Z"),
    },
  });
  await db.person.update({ where: { id: "id-viewer" }, data: { disabledAt: testNow } });
});
afterAll(async () => {
  expect(await verifyAudit(world.database.db)).toMatchObject({ ok: true });
  await world.close();
});

const asks = [{ role: "reviewer", count: 2 }];
const stricter = {
  name: "Production",
  description: "",
  conditions: { environments: ["production"] },
  asks,
  enabled: true,
};

/** Each kind once: by whom, what, who may apply it, and what is then so. */
const kinds: readonly [PersonName, Proposal, PersonName, () => Promise<unknown>, object][] = [
  [
    "admin",
    {
      kind: "approval-policy",
      subjectId: "twice",
      after: { ...stricter, name: "Twice", conditions: { archive: true } },
    },
    "privacy",
    () => world.database.db.approvalPolicy.findUnique({ where: { key: "twice" } }),
    { name: "Twice", asks, conditions: { archive: true } },
  ],
  [
    "privacy",
    {
      kind: "approval-policy",
      subjectId: "personal-data",
      after: { ...stricter, name: "Personal data", asks: [{ role: "privacy", count: 1 }], enabled: false },
    },
    "admin",
    () => world.database.db.approvalPolicy.findUnique({ where: { key: "personal-data" } }),
    { enabled: false },
  ],
  [
    "admin",
    { kind: "person-roles", subjectId: "id-support", after: { roles: ["support", "author"], team: "care" } },
    "admin2",
    () => world.database.db.person.findUnique({ where: { id: "id-support" } }),
    { roles: ["support", "author"], teamKey: "care" },
  ],
  [
    "admin",
    { kind: "person-enable", subjectId: "id-viewer", after: { enabled: true } },
    "admin2",
    () => world.database.db.person.findUnique({ where: { id: "id-viewer" } }),
    { disabledAt: null },
  ],
  [
    "operator",
    { kind: "environment", subjectId: "production", after: { name: "Production", promotedFrom: "staging" } },
    "admin",
    () => world.database.db.environment.findUnique({ where: { key: "production" } }),
    { promotedFrom: "staging" },
  ],
  [
    "operator",
    { kind: "freeze-end", subjectId: "freeze", after: { until: "2026-07-01T00:00:00.000Z", ended: true } },
    "admin",
    () => world.database.db.freezeWindow.findUnique({ where: { id: "freeze" } }),
    { endedAt: testNow },
  ],
  [
    "author",
    {
      kind: "attribute",
      subjectId: "spend",
      after: { name: "Spend", description: "In a year", unit: "EUR", labels: ["personal"] },
    },
    "privacy",
    () => world.database.db.attribute.findUnique({ where: { key: "spend" } }),
    { description: "In a year", unit: "EUR", labels: ["personal"] },
  ],
  [
    "privacy",
    {
      kind: "purpose",
      subjectId: "service",
      after: { name: "Service", description: "", lawfulBasis: "legitimate_interest" },
    },
    "admin",
    () => world.database.db.purpose.findUnique({ where: { key: "service" } }),
    { lawfulBasis: "legitimate_interest" },
  ],
  [
    "admin",
    { kind: "region", subjectId: "us", after: { name: "USA", description: "" } },
    "privacy",
    () => world.database.db.region.findUnique({ where: { key: "us" } }),
    { name: "USA" },
  ],
  [
    "privacy",
    {
      kind: "label-policy",
      subjectId: "no-secrets",
      after: {
        ...{ name: "No secrets", description: "", label: "secret", when: { destinations: ["us"] }, effect: "refuse" },
        ...{ role: null, enabled: true },
      },
    },
    "admin",
    () => world.database.db.labelPolicy.findUnique({ where: { key: "no-secrets" } }),
    { label: "secret", when: { destinations: ["us"] }, effect: "refuse" },
  ],
  [
    "privacy",
    { kind: "transfer-rule", subjectId: "eu>us", after: { allowed: true, ground: "clauses", note: "" } },
    "admin",
    () => world.database.db.transferRule.findFirst(),
    { fromKey: "eu", toKey: "us", ground: "clauses" },
  ],
];

describe.each(kinds)("%s proposes %j", (author, proposal, decider, stored, expected) => {
  test("and cannot apply it; somebody else can, and what is changed is recorded with both", async () => {
    const before = await stored();
    const change = await propose(world, author, proposal);
    expect(change).toMatchObject({
      state: "open",
      possible: { apply: { allowed: false }, withdraw: { allowed: true } },
    });
    expect(await stored()).toEqual(before);
    expect(await refusal(decide(world, author, change))).toBe("forbidden own-change");
    expect(await refusal(propose(world, author, proposal))).toBe("conflict change-waits");

    const applied = await decide(world, decider, change);
    expect(applied).toMatchObject({ state: "applied", decidedBy: { id: `id-${decider}` }, comment: "Looked at." });
    expect(await stored()).toMatchObject(expected);
    expect(await refusal(decide(world, decider, change))).toBe("conflict already-decided");
    const entries = await world.database.db.auditEntry.findMany({
      where: { subjectType: proposal.kind, subjectId: proposal.subjectId, action: { startsWith: "change." } },
      orderBy: { sequence: "asc" },
    });
    expect(entries).toMatchObject([
      { action: "change.proposed", actorId: `id-${author}` },
      { action: "change.applied", actorId: `id-${decider}`, after: { proposed: applied.after } },
    ]);
    expect(await refusal(propose(world, author, proposal))).toBe("invalid nothing-changes");
  });
});
