import { afterAll, beforeAll, expect, test } from "vitest";
import { createGovernance, documentOf, type Governance, type PersonName, submitted } from "../../testing/governance";
import { createSegment } from "./create-segment";
import { myDrafts } from "./my-drafts";
import { recordVerdict } from "./record-verdict";
import { reviewQueue } from "./review-queue";
import { reviewView } from "./review-view";
import { saveDraft } from "./save-draft";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

test("what is possible is said by what the verbs decide by", async () => {
  const { id, contentHash } = await submitted(world, "possible", "both");
  const possible = async (by: PersonName) => {
    const { possible: each } = await reviewView(world.as(by), id);
    return Object.entries(each).flatMap(([event, { allowed }]) => (allowed ? [event] : []));
  };
  expect(await possible("both")).toEqual(["edit", "withdraw", "release"]);
  expect(await possible("author2")).toEqual(["edit"]);
  expect(await possible("reviewer")).toEqual(["verdict", "release"]);
  expect(await possible("privacy")).toEqual(["verdict"]);
  expect(await possible("viewer")).toEqual([]);
  const { releaseTo } = await reviewView(world.as("operator"), id);
  expect(releaseTo.map(({ environment, allowed }) => [environment, allowed])).toEqual([
    ["staging", true],
    ["production", false],
  ]);
  await recordVerdict(world.as("reviewer"), { id, contentHash, verdict: "approve" });
  expect((await reviewView(world.as("operator"), id)).releaseTo.every(({ allowed }) => allowed)).toBe(true);
});

test("the review shows the evidence then and the numbers now, rounded for who may not look customers up", async () => {
  const { id } = await submitted(world, "moved");
  await world.engine.upsert(
    Array.from({ length: 25 }, (_, index) => ({
      ...{ id: `m${index}`, region: "eu", consents: [], objections: [], attributes: { plan: "premium" } },
    })),
  );
  const exact = await reviewView(world.as("privacy"), id);
  expect([exact.evidence?.preview.members, exact.now?.members]).toEqual([160, 185]);
  const rounded = await reviewView(world.as("reviewer"), id);
  expect([rounded.evidence?.preview.members, rounded.now?.members]).toEqual([160, 180]);
  expect(rounded.evidence?.basis?.impact).toBeNull();
  expect(rounded.approvals).toMatchObject({
    complete: false,
    required: [{ role: "reviewer", count: 1, given: 0, because: ["Production"] }],
    notCounted: [{ person: { name: "author" }, because: "the author" }],
  });
});

test("the queue holds what is under review, and for me what waits for my verdict", async () => {
  await submitted(world, "queued", "both");
  const keys = async (by: PersonName, waiting: "me" | "all") => {
    const { items } = await reviewQueue(world.as(by), { waiting });
    return items.map(({ segment }) => segment.key);
  };
  expect(await keys("viewer", "all")).toEqual(expect.arrayContaining(["moved", "queued"]));
  expect(await keys("reviewer", "me")).toEqual(expect.arrayContaining(["moved", "queued"]));
  expect(await keys("both", "me")).toEqual(["moved"]);
  expect(await keys("twin", "me")).toEqual(["queued"]);
  expect(await keys("author", "me")).toEqual([]);
});

test("my drafts are those I began or saved, with what stands against them", async () => {
  await createSegment(world.as("author2"), { document: documentOf("mine", { owner: undefined }) });
  const begun = await createSegment(world.as("author"), { document: documentOf("helped") });
  const document = documentOf("helped", { name: "Helped" });
  await saveDraft(world.as("author2"), { key: "helped", document, basedOn: begun.version.draftRevision });
  const { items, total } = await myDrafts(world.as("author2"));
  expect(total).toBe(2);
  const byKey = Object.fromEntries(items.map(({ segment, blocking }) => [segment.key, blocking]));
  expect(byKey).toEqual({ mine: 1, helped: 0 });
  expect((await myDrafts(world.as("viewer"))).items).toEqual([]);
});
