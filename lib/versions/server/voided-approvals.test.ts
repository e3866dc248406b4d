import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createList } from "../../lists/server/create-list";
import { uploadList } from "../../lists/server/upload-list";
import { releaseVersion } from "../../releases/server/release-version";
import type { Rule } from "../../rules/definition";
import { changePolicy, createGovernance, type Governance, refusal, testNow } from "../../testing/governance";
import { approvedRule, releasedRule } from "../../testing/referring";
import { lockReviews, recheckReviews, resettleReviews } from "./recheck-reviews";
import { recordVerdict } from "./record-verdict";
import { reviewView } from "./review-view";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
  await createList(world.as("author"), { key: "vips", name: "VIPs", description: "" });
  await upload("c0002");
});
afterAll(() => world.close());

const premium: Rule = { attribute: "plan", operator: "equals", value: "premium" };
const big: Rule = { attribute: "spend", operator: "at_least", value: 200 };
let uploaded = 0;
let made = 0;

async function upload(...entries: string[]): Promise<void> {
  await uploadList(world.as("author"), { key: "vips", mode: "replace", basedOn: uploaded, entries });
  uploaded += 1;
}

function newKey(): string {
  made += 1;
  return `voided-${made}`;
}

function release(id: string) {
  return refusal(releaseVersion(world.as("operator"), { id, environment: "production" }));
}

async function standing(id: string) {
  const { version, approvals, drift } = await reviewView(world.as("reviewer2"), id);
  return { state: version.state, complete: approvals.complete, why: approvals.verdicts.at(-1)?.whyNot ?? null, drift };
}

async function approveAgain(id: string): Promise<void> {
  const { version, approvals } = await reviewView(world.as("reviewer2"), id);
  const { contentHash } = version;
  await recordVerdict(world.as("reviewer2"), { id, contentHash, verdict: "approve", basis: approvals.basis });
}

describe("an approval is void once something else is true of what it stood on", () => {
  test("a managed list that the rule names has a newer version", async () => {
    const id = await approvedRule(world, newKey(), { all: [premium, { list: "vips", operator: "listed" }] });
    await upload("c0002", "c0004");
    expect(await release(id)).toBe("blocked not-approved");
    expect(await standing(id)).toMatchObject({ complete: false, why: "List vips has a version 2 now." });
  });

  test("a segment that the rule refers to was released with another rule", async () => {
    const ground = newKey();
    await releasedRule(world, ground, premium);
    const id = await approvedRule(world, newKey(), { all: [big, { segment: ground, operator: "member" }] });
    await releasedRule(world, ground, { all: [premium, big] });
    expect(await release(id)).toBe("blocked not-approved");
    expect((await standing(id)).why).toBe(`Segment ${ground} was released anew, as version 2.`);
  });

  test("a segment two references away was released with another rule", async () => {
    const [ground, middle] = [newKey(), newKey()];
    await releasedRule(world, ground, premium);
    await releasedRule(world, middle, { segment: ground, operator: "member" });
    const id = await approvedRule(world, newKey(), { all: [big, { segment: middle, operator: "member" }] });
    await releasedRule(world, ground, { all: [premium, big] });
    expect(await release(id)).toBe("blocked not-approved");
  });

  test.each([
    ["another label", { labels: ["no-export"] }, "Attribute spend is labelled no-export now."],
    ["another meaning", { description: "In the last month." }, "Attribute spend means something else now."],
    ["another model", { model: "spend-v2" }, "Score spend is of model spend-v2 now."],
  ])("an attribute that the rule names has %s", async (_, data, why) => {
    const id = await approvedRule(world, newKey(), { all: [premium, big] });
    const { db } = world.database;
    await db.attribute.update({ where: { key: "spend" }, data });
    expect(await release(id)).toBe("blocked not-approved");
    expect((await standing(id)).why).toBe(why);
    await db.attribute.update({ where: { key: "spend" }, data: { labels: [], description: "", model: null } });
    expect(await release(id)).toBe("done");
  });

  test("a purpose has another lawful basis", async () => {
    const id = await approvedRule(world, newKey(), premium);
    const where = { key: "service" };
    await world.database.db.purpose.update({ where, data: { lawfulBasis: "consent" } });
    expect(await release(id)).toBe("blocked not-approved");
    await world.database.db.purpose.update({ where, data: { lawfulBasis: "contract" } });
  });

  test("not when something changes that it does not stand on", async () => {
    const id = await approvedRule(world, newKey(), premium);
    await upload("c0006");
    await world.database.db.attribute.update({ where: { key: "spend" }, data: { labels: ["no-export"] } });
    await recheckReviews(world.database.db, testNow);
    expect(await standing(id)).toMatchObject({ state: "approved", complete: true, drift: [] });
    await world.database.db.attribute.update({ where: { key: "spend" }, data: { labels: [] } });
  });
});

describe("once it is noticed", () => {
  test("the version is under review again, for good, and those concerned are told why", async () => {
    const id = await approvedRule(world, newKey(), { all: [premium, { list: "vips", operator: "listed" }] });
    const held = (await reviewView(world.as("reviewer"), id)).version;
    await upload("c0008");
    await recheckReviews(world.database.db, testNow);
    expect(await standing(id)).toMatchObject({ state: "in_review", complete: false });
    const { db } = world.database;
    const notices = await db.notice.findMany({ where: { href: `/reviews/${id}`, kind: "approvals.voided" } });
    expect(notices.map(({ personId }) => personId).sort()).toEqual(["id-author", "id-reviewer"]);
    const entry = await db.auditEntry.findFirst({ where: { action: "approvals.voided", subjectId: held.segmentKey } });
    expect(JSON.stringify(entry?.after)).toContain(`List vips has a version ${uploaded} now.`);
    await recheckReviews(db, testNow);
    expect(await db.notice.count({ where: { href: `/reviews/${id}`, kind: "approvals.voided" } })).toBe(2);
  });

  test("a reviewer who looks again approves what it stands on now", async () => {
    const id = await approvedRule(world, newKey(), { all: [premium, { list: "vips", operator: "listed" }] });
    await upload("c0010");
    const { contentHash } = (await reviewView(world.as("reviewer2"), id)).version;
    const blind = recordVerdict(world.as("reviewer2"), { id, contentHash, verdict: "approve" });
    expect(await refusal(blind)).toBe("conflict stale-basis");
    await approveAgain(id);
    expect(await release(id)).toBe("done");
  });

  test("an approval does not come back when the change is taken back", async () => {
    const id = await approvedRule(world, newKey(), { all: [premium, big] });
    const { db } = world.database;
    await db.attribute.update({ where: { key: "spend" }, data: { labels: ["special"] } });
    await recheckReviews(db, testNow);
    await db.attribute.update({ where: { key: "spend" }, data: { labels: [] } });
    expect(await release(id)).toBe("blocked not-approved");
  });
});

test("an impact that has grown past a threshold takes only the approvals away that were given below it", async () => {
  await changePolicy(world.database.db, "large-impact", { enabled: true, conditions: { movedShareAbove: 0.1 } });
  const key = newKey();
  await releasedRule(world, key, { all: [premium, { attribute: "spend", operator: "at_least", value: 100 }] });
  const id = await approvedRule(world, key, {
    all: [premium, { attribute: "spend", operator: "at_least", value: 104 }],
  });
  expect(await standing(id)).toMatchObject({ state: "approved" });
  await world.engine.upsert(
    Array.from({ length: 100 }, (_, index) => ({
      ...{ id: `grown-${index}`, region: "eu", consents: [], objections: [] },
      attributes: { plan: "premium", spend: 102 },
    })),
  );
  await recheckReviews(world.database.db, testNow);
  const { state, why } = await standing(id);
  expect(state).toBe("in_review");
  expect(why).toBe('The impact has grown: "Large impact" applies now.');
  expect((await reviewView(world.as("viewer"), id)).approvals.required).toMatchObject([{ role: "reviewer", count: 2 }]);
  await approveAgain(id);
  expect((await standing(id)).complete).toBe(false);
  await changePolicy(world.database.db, "large-impact", { enabled: false });
  await world.database.db.$transaction(async (tx) => resettleReviews(tx, world.as("admin"), await lockReviews(tx)));
  expect((await standing(id)).state).toBe("approved");
});
