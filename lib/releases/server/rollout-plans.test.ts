import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findLiveArtefact } from "../../guards/server/live-artefacts";
import { approved, changePolicy, createGovernance, type Governance, refusal, testNow } from "../../testing/governance";
import { approvedRule, releasedRule } from "../../testing/referring";
import { advancePlans } from "./advance-plans";
import { beginFreeze } from "./begin-freeze";
import { beginPlan } from "./begin-plan";
import { cancelPlan } from "./cancel-plan";
import { endFreeze } from "./end-freeze";
import { holdPlan } from "./hold-plan";
import { killSegment } from "./kill-segment";
import { listPlans } from "./list-plans";
import { releaseVersion } from "./release-version";
import { resumePlan } from "./resume-plan";
import { rollBack } from "./roll-back";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

const premium = { attribute: "plan", operator: "equals", value: "premium" } as const;
const free = { attribute: "plan", operator: "equals", value: "free" } as const;
const steps = [
  { percent: 10, holdMinutes: 30 },
  { percent: 50, holdMinutes: 60 },
  { percent: 100, holdMinutes: 0 },
];
const minutesOn = (minutes: number) => new Date(testNow.getTime() + minutes * 60_000);
const advance = (minutes: number) => advancePlans(world.database.db, minutesOn(minutes));

async function begin(id: string) {
  const { plan } = await beginPlan(world.as("operator"), { id, environment: "production", steps });
  if (!plan) throw new Error("No plan was begun.");
  return plan;
}
const planRow = (id: string) => world.database.db.rolloutPlan.findUniqueOrThrow({ where: { id } });

async function servedShare(key: string): Promise<number | undefined> {
  return (await findLiveArtefact(world.database.db, "production", key))?.artefact.rolloutPercent;
}

test("the first step is released at once, and each of the others when its wait is over, by whoever began it", async () => {
  const { id } = await approved(world, "steps");
  const plan = await begin(id);
  expect(plan).toMatchObject({ state: "running", taken: 1, nextAt: minutesOn(30).toISOString() });
  expect(await servedShare("steps")).toBe(10);
  await advance(29);
  expect(await servedShare("steps")).toBe(10);
  await advance(30);
  expect(await servedShare("steps")).toBe(50);
  expect(await planRow(plan.id)).toMatchObject({ state: "running", taken: 2, nextAt: minutesOn(90) });
  await Promise.all([advance(90), advance(90)]);
  const releases = await world.database.db.release.findMany({ where: { versionId: id }, orderBy: { revision: "asc" } });
  expect(releases.map(({ rolloutPercent, actorId }) => [rolloutPercent, actorId])).toEqual([
    [10, "id-operator"],
    [50, "id-operator"],
    [100, "id-operator"],
  ]);
  const [done] = (await listPlans(world.as("viewer"), { segment: "steps" })).items;
  expect(done).toMatchObject({ state: "done", taken: 3, nextAt: null });
  expect(done?.steps.map(({ revision }) => revision)).toEqual(releases.map(({ revision }) => revision));
});

test("a plan is begun only where its first step may be released", async () => {
  const { id } = await approved(world, "not-begun");
  expect(await refusal(beginPlan(world.as("author"), { id, environment: "production", steps }))).toBe(
    "forbidden missing-permission",
  );
  await releaseVersion(world.as("operator"), { id, environment: "production", rollout: 10 });
  expect(await refusal(begin(id))).toBe("conflict already-live");
  expect((await listPlans(world.as("viewer"), { segment: "not-begun" })).items).toEqual([]);
});

describe("a plan is held by itself, and says why", () => {
  const person = (roles: ("operator" | "viewer")[]) =>
    world.database.db.person.update({ where: { id: "id-operator" }, data: { roles } });

  async function expectHeld(key: string, id: string, because: string): Promise<void> {
    expect(await servedShare(key)).toBe(10);
    expect(await planRow(id)).toMatchObject({ state: "held", heldBecause: expect.stringContaining(because) });
    const { db } = world.database;
    const where = { kind: "rollout.held", href: `/segments/${key}` };
    const told = (await db.notice.findMany({ where })).map(({ personId }) => personId);
    // The segment's owner is the author.
    expect(told).toEqual(expect.arrayContaining(["id-author"]));
    expect(await db.auditEntry.count({ where: { action: "rollout.held", subjectId: key } })).toBe(1);
  }

  test("whoever began it may no longer release", async () => {
    const { id } = await begin((await approved(world, "right-lost")).id);
    await person(["viewer"]);
    await advance(30);
    await person(["operator"]);
    await expectHeld("right-lost", id, "may no longer release");
  });

  test("a finding blocks", async () => {
    const { id } = await begin((await approved(world, "finding")).id);
    const { db } = world.database;
    await db.purpose.delete({ where: { key: "service" } });
    await advance(30);
    expect(await refusal(resumePlan(world.as("operator"), { id, reason: "Never mind." }))).toBe("conflict still-held");
    await db.purpose.create({ data: { key: "service", name: "Service", lawfulBasis: "contract" } });
    await expectHeld("finding", id, 'There is no purpose "service"');
  });

  test("the environment is frozen; once that is over somebody resumes it", async () => {
    const { id } = await begin((await approved(world, "frozen")).id);
    const window = { from: minutesOn(10).toISOString(), until: minutesOn(600).toISOString(), reason: "Black Friday" };
    const { freeze } = await beginFreeze(world.as("admin", minutesOn(10)), { environment: "production", ...window });
    await advance(30);
    await expectHeld("frozen", id, "Black Friday");
    const resume = () => resumePlan(world.as("reviewer", minutesOn(40)), { id });
    expect(await refusal(resume())).toBe("conflict still-held");
    await world.database.db.$transaction((tx) => endFreeze(tx, world.as("admin2", minutesOn(40)), freeze.id));
    expect((await resume()).plan).toMatchObject({ state: "running", nextAt: minutesOn(40).toISOString() });
    await advance(40);
    expect(await servedShare("frozen")).toBe(50);
  });

  test("the impact has grown past a policy since it began, and no reason lets that pass", async () => {
    const { db } = world.database;
    await changePolicy(db, "large-share-of-customers", { enabled: true, conditions: { populationShareAbove: 0.45 } });
    const { id: versionId } = await approved(world, "grown");
    const { id } = await begin(versionId);
    const region = "eu";
    const more = Array.from({ length: 200 }, (_, index) => ({
      ...{ id: `m${index}`, region, consents: [], objections: [] },
      attributes: { plan: "premium" },
    }));
    await world.engine.upsert(more);
    await advance(30);
    await changePolicy(db, "large-share-of-customers", { enabled: true, conditions: { populationShareAbove: 0.45 } });
    expect(await refusal(resumePlan(world.as("operator"), { id, reason: "Fine." }))).toBe("conflict still-held");
    await changePolicy(db, "large-share-of-customers", { enabled: false });
    await expectHeld("grown", id, "The impact has grown");
  });

  test("a warning is new; with a reason somebody lets it pass", async () => {
    const { id } = await begin((await approved(world, "warned", { treatments: { pool: "a" } })).id);
    const other = await approved(world, "other-pool", { treatments: { pool: "b" } });
    await releaseVersion(world.as("operator"), { id: other.id, environment: "production" });
    await advance(30);
    await expectHeld("warned", id, "says another");
    expect(await refusal(resumePlan(world.as("operator"), { id }))).toBe("conflict still-held");
    await resumePlan(world.as("operator", minutesOn(31)), { id, reason: "Both pools are the same machines." });
    await advance(31);
    await advance(91);
    expect([await servedShare("warned"), (await planRow(id)).state]).toEqual([100, "done"]);
  });
});

describe("a person", () => {
  test("holds, resumes and ends a plan; who may not release does not", async () => {
    const { id } = await begin((await approved(world, "by-hand")).id);
    expect(await refusal(holdPlan(world.as("author"), { id, reason: "No." }))).toBe("forbidden missing-permission");
    const held = await holdPlan(world.as("reviewer"), { id, reason: "Looks odd." });
    expect(held.plan).toMatchObject({ state: "held", heldBecause: "Looks odd." });
    await advance(30);
    expect(await servedShare("by-hand")).toBe(10);
    await resumePlan(world.as("reviewer"), { id });
    const ended = await cancelPlan(world.as("operator"), { id, reason: "It stays at 10 %." });
    expect(ended.plan).toMatchObject({ state: "cancelled", nextAt: null });
    await advance(30);
    expect(await servedShare("by-hand")).toBe(10);
    expect(await refusal(resumePlan(world.as("operator"), { id }))).toBe("conflict wrong-state");
  });
});

describe("what else happens to the segment there ends the plan", () => {
  const where = { environment: "production", reason: "Wrong." };
  test.each<[string, (key: string, versionId: string) => Promise<unknown>]>([
    ["a rollback", (key) => rollBack(world.as("operator"), { key, toVersion: 1, ...where })],
    ["the kill switch", (key) => killSegment(world.as("admin"), { key, ...where })],
    [
      "another release",
      (_, id) => releaseVersion(world.as("operator"), { id, environment: "production", rollout: 20 }),
    ],
  ])("%s", async (title, happens) => {
    const key = title.replaceAll(" ", "-");
    await releasedRule(world, key, premium);
    const versionId = await approvedRule(world, key, free);
    const { id } = await begin(versionId);
    await happens(key, versionId);
    const before = await servedShare(key);
    await advance(30);
    expect(await planRow(id)).toMatchObject({ state: "cancelled", nextAt: null });
    expect(await servedShare(key)).toBe(before);
  });

  test("a step of another environment's plan does not", async () => {
    const { id: versionId } = await approved(world, "two-places");
    const { id } = await begin(versionId);
    await releaseVersion(world.as("operator"), { id: versionId, environment: "staging" });
    expect((await planRow(id)).state).toBe("running");
    await cancelPlan(world.as("operator"), { id, reason: "Over." });
  });
});
