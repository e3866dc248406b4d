import { afterAll, beforeAll, expect, test } from "vitest";
import { createGovernance, documentOf, type Governance, refusal, submitted, testNow } from "../../testing/governance";
import { approvedRule, releasedRule } from "../../testing/referring";
import { recordVerdict } from "../../versions/server/record-verdict";
import { saveDraft } from "../../versions/server/save-draft";
import { submitVersion } from "../../versions/server/submit-version";
import { requireVersion } from "../../versions/server/version-row";
import { killSegment } from "./kill-segment";
import { releaseVersion } from "./release-version";
import { rollBack } from "./roll-back";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

const premium = { attribute: "plan", operator: "equals", value: "premium" } as const;
const free = { attribute: "plan", operator: "equals", value: "free" } as const;
const later = (minutes: number) => new Date(testNow.getTime() + minutes * 60_000);
const kill = (key: string, environment = "production") =>
  killSegment(world.as("operator", later(1)), { key, environment, reason: "Leak." });
const release = (id: string, environment = "production") =>
  refusal(releaseVersion(world.as("operator", later(3)), { id, environment }));

test("what was approved before a segment was emptied does not revive it: it is approved anew, by people who know", async () => {
  await releasedRule(world, "revived", premium);
  const id = await approvedRule(world, "revived", free);
  await kill("revived");
  const { state, contentHash } = await requireVersion(world.database.db, id);
  expect(state).toBe("in_review");
  expect(await release(id)).toBe("blocked not-approved");
  const voids = await world.database.db.approvalVoid.findMany({ where: { verdict: { versionId: id } } });
  expect(voids.map(({ reason }) => reason)).toEqual(["The segment was emptied in Production since."]);
  await recordVerdict(world.as("reviewer", later(2)), { id, contentHash, verdict: "approve" });
  expect(await release(id)).toBe("done");
});

test("a rollback after it does not bring those approvals back", async () => {
  await releasedRule(world, "back-and-forth", premium);
  const id = await approvedRule(world, "back-and-forth", free);
  await kill("back-and-forth");
  const back = { key: "back-and-forth", environment: "production", toVersion: 1, reason: "Fixed." };
  await rollBack(world.as("operator", later(2)), back);
  expect(await release(id)).toBe("blocked not-approved");
});

test("where nobody approves, what was submitted before it is submitted anew", async () => {
  const first = await submitted(world, "staged");
  expect(await release(first.id, "staging")).toBe("done");
  await kill("staged", "staging");
  const edit = { key: "staged", document: documentOf("staged", { name: "Mended" }), basedOn: first.draftRevision };
  await saveDraft(world.as("author"), edit);
  await submitVersion(world.as("author"), { id: first.id });
  expect(await release(first.id, "staging")).toBe("conflict emptied-since");
  const again = { ...edit, document: documentOf("staged", { name: "Mended again" }), basedOn: first.draftRevision + 1 };
  await saveDraft(world.as("author", later(2)), again);
  await submitVersion(world.as("author", later(2)), { id: first.id });
  expect(await release(first.id, "staging")).toBe("done");
});

test("the owner and endpoints are told of a release, of the kill switch and of a rollback", async () => {
  const { db } = world.database;
  await db.webhookEndpoint.create({
    data: { url: "https://x.test", events: [], secret: "s", createdById: "id-admin" },
  });
  await releasedRule(world, "told", premium);
  await kill("told");
  await rollBack(world.as("operator"), { key: "told", environment: "production", toVersion: 1, reason: "Fixed." });
  const of = { payload: { path: ["data", "segment"], equals: "told" } };
  const events = ["segment.released", "segment.killed", "segment.rolled-back"];
  const deliveries = await db.webhookDelivery.findMany({ where: of, orderBy: { id: "asc" } });
  expect(deliveries.map(({ event }) => event)).toEqual(expect.arrayContaining(events));
  const notices = await db.notice.findMany({ where: { href: "/segments/told", personId: "id-author" } });
  expect(notices.map(({ kind }) => kind)).toEqual(expect.arrayContaining(events));
});
