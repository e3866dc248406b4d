import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyAudit } from "../../audit/server/verify-audit";
import { releaseVersion } from "../../releases/server/release-version";
import { decide, propose } from "../../testing/changing";
import { approved, createGovernance, type Governance, refusal, submitted } from "../../testing/governance";
import { comparePolicies } from "../../versions/server/compare-policies";
import { loadPolicies } from "../../versions/server/load-policies";
import { simulatePolicies } from "../../versions/server/simulate-policies";

/** What a change by two people does to what is under review, in the transaction in which it is applied. */
let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(async () => {
  expect(await verifyAudit(world.database.db)).toMatchObject({ ok: true });
  await world.close();
});

async function stateOf(id: string) {
  return (await world.database.db.version.findUniqueOrThrow({ where: { id } })).state;
}

const production = (count: number) => ({
  ...{ name: "Production", description: "", enabled: true },
  ...{ conditions: { environments: ["production"] }, asks: [{ role: "reviewer", count }] },
});
const proposal = (count: number) =>
  ({ kind: "approval-policy", subjectId: "production", after: production(count) }) as const;

test("a stricter policy is seen coming, takes an approved version back to review, and its people are told", async () => {
  const { db } = world.database;
  const version = await approved(world, "stricter");
  const edited = (await loadPolicies(db)).map((policy) =>
    policy.key === "production" ? { ...policy, asks: [{ role: "reviewer" as const, count: 2 }] } : policy,
  );
  const { items, findings } = await comparePolicies(world.as("admin"), { policies: edited });
  expect(items).toMatchObject([
    { segment: { key: "stricter" }, environment: { key: "production" }, complete: { stored: true, proposed: false } },
  ]);
  expect(findings).toEqual([]);

  const change = await propose(world, "admin", proposal(2));
  expect(await stateOf(version.id)).toBe("approved");
  await decide(world, "privacy", change);
  expect(await stateOf(version.id)).toBe("in_review");
  const told = await db.notice.findMany({ where: { kind: "approvals.voided" } });
  expect(told.map(({ personId }) => personId)).toContain("id-author");
  const release = { id: version.id, environment: "production" };
  expect(await refusal(releaseVersion(world.as("operator"), release))).toBe("blocked not-approved");
});

test("a milder policy approves what has all that is asked for now", async () => {
  const version = await db().version.findFirstOrThrow({ where: { segment: { key: "stricter" } } });
  await decide(world, "admin2", await propose(world, "admin", proposal(1)));
  expect(await stateOf(version.id)).toBe("approved");
});

test("a role that is taken away takes the approval with it for as long as it is gone", async () => {
  const version = await approved(world, "role-lost");
  const roles = (held: string[]) =>
    ({ kind: "person-roles", subjectId: "id-reviewer", after: { roles: held, team: null } }) as const;
  await decide(world, "admin2", await propose(world, "admin", roles(["viewer"])));
  expect(await stateOf(version.id)).toBe("in_review");
  await decide(world, "admin2", await propose(world, "admin", roles(["reviewer"])));
  expect(await stateOf(version.id)).toBe("approved");
});

test("an attribute that is labelled anew and a lawful basis that changes void the approvals that stood on them", async () => {
  const labelled = await approved(world, "labelled");
  const plan = { name: "Plan", description: "", labels: ["internal"] };
  await decide(
    world,
    "privacy",
    await propose(world, "author2", { kind: "attribute", subjectId: "plan", after: plan }),
  );
  expect(await stateOf(labelled.id)).toBe("in_review");

  const purposed = await approved(world, "purposed");
  const service = { name: "Service", description: "", lawfulBasis: "legitimate_interest" };
  await decide(
    world,
    "privacy",
    await propose(world, "admin", { kind: "purpose", subjectId: "service", after: service }),
  );
  expect(await stateOf(purposed.id)).toBe("in_review");
  const voids = await db().approvalVoid.findMany({ orderBy: { at: "asc" } });
  expect(voids.map(({ reason }) => reason).join(" ")).toContain("The lawful basis of service has changed.");
});

test("a renamed attribute voids nothing", async () => {
  const version = await approved(world, "renamed");
  const plan = { name: "Tariff", description: "", labels: ["internal"] };
  await decide(
    world,
    "privacy",
    await propose(world, "author2", { kind: "attribute", subjectId: "plan", after: plan }),
  );
  expect(await stateOf(version.id)).toBe("approved");
});

test("a computation that changes is computed anew for everybody once it is applied", async () => {
  const order = { key: "order", name: "Order", description: "", properties: [] };
  await db().eventType.create({ data: order });
  await world.engine.addEventTypes([order]);
  const computation = { event: "order", aggregate: "count" as const, filter: [] };
  const orders = {
    ...{
      key: "orders",
      name: "Orders",
      type: "number" as const,
      description: "",
      labels: [],
      source: "computed" as const,
    },
    computation,
  };
  const at = world.as("admin").now.getTime() - 40 * 86_400_000;
  await db().attribute.create({ data: { ...orders, refreshedAt: new Date(at) } });
  await world.engine.addAttributes([orders]);
  await world.engine.appendEvents([{ id: "1", customerId: "c0001", type: "order", at, properties: {} }]);
  const value = async () => (await world.engine.get("c0001"))?.attributes.orders;
  expect(await value()).toBeUndefined();
  const after = {
    name: "Orders",
    description: "",
    labels: [],
    computation: { ...computation, window: { n: 30, unit: "days" } },
  };
  await decide(world, "privacy", await propose(world, "author", { kind: "attribute", subjectId: "orders", after }));
  expect(await value()).toBe(0);
});

test("the simulator says what a version and an imagined change would need, by which policy, and who could give it", async () => {
  const version = await submitted(world, "simulated", "both");
  const { environments } = await simulatePolicies(world.as("viewer"), { versionId: version.id });
  expect(environments).toMatchObject([
    { key: "staging", asks: [], fillable: true },
    {
      key: "production",
      // "both" wrote it; reviewer, reviewer2 and the author's twin are left.
      asks: [{ role: "reviewer", count: 1, because: ["Production"], people: 3 }],
    },
  ]);
  const facts = {
    ...{ criticality: "billing" as const, labels: ["personal"], purposes: [], treatments: [], archive: false },
    ...{ movedShare: 0, populationShare: 0, money: {}, ownerTeam: null },
  };
  const imagined = await simulatePolicies(world.as("viewer"), { facts, environment: "production" });
  expect(imagined.environments[0]?.asks.map(({ role }) => role)).toEqual(["reviewer", "privacy", "operator"]);
  const personal = imagined.environments[0]?.policies.find(({ key }) => key === "personal-data");
  expect(personal).toMatchObject({ applies: true, conditions: [{ holds: true }, { holds: true }] });
});

function db() {
  return world.database.db;
}
