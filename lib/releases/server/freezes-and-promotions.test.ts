import { afterAll, beforeAll, expect, test } from "vitest";
import {
  approved,
  createGovernance,
  documentOf,
  type Governance,
  refusal,
  released,
  submitted,
  testNow,
} from "../../testing/governance";
import { recordVerdict } from "../../versions/server/record-verdict";
import { saveDraft } from "../../versions/server/save-draft";
import { submitVersion } from "../../versions/server/submit-version";
import { beginFreezeSchema } from "../freeze-contract";
import { beginFreeze } from "./begin-freeze";
import { endFreeze } from "./end-freeze";
import { killSegment } from "./kill-segment";
import { listFreezes } from "./list-freezes";
import { listPromotions } from "./list-promotions";
import { releaseVersion } from "./release-version";
import { rollBack } from "./roll-back";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

const minutes = (count: number) => new Date(testNow.getTime() + count * 60_000);
const release = (id: string, environment: string, at = testNow) =>
  refusal(releaseVersion(world.as("operator", at), { id, environment }));

async function freeze(from: number, until: number) {
  const window = { from: minutes(from).toISOString(), until: minutes(until).toISOString(), reason: "Year's end" };
  return (await beginFreeze(world.as("operator"), { environment: "production", ...window })).freeze;
}

test("while an environment is frozen nothing is released to it; what takes away goes on", async () => {
  const frozen = await freeze(10, 20);
  await released(world, "was-there");
  const { id } = await approved(world, "waits");
  expect(await release(id, "production", minutes(10))).toBe("conflict frozen");
  expect(await release(id, "staging", minutes(10))).toBe("done");
  const key = { key: "was-there", environment: "production", reason: "Leak." };
  expect(await refusal(killSegment(world.as("operator", minutes(11)), key))).toBe("done");
  expect(await refusal(rollBack(world.as("operator", minutes(12)), { ...key, toVersion: 1 }))).toBe("done");
  expect(await release(id, "production", minutes(20))).toBe("done");
  expect((await listFreezes(world.as("viewer"), "production")).items).toEqual([frozen]);
});

test("a freeze ends early once, and not after its end", async () => {
  const { id } = await freeze(0, 30);
  const { db } = world.database;
  const end = (at: Date) => refusal(db.$transaction((tx) => endFreeze(tx, world.as("admin2", at), id)));
  expect(await end(minutes(30))).toBe("conflict over");
  expect(await end(minutes(5))).toBe("done");
  expect(await end(minutes(6))).toBe("conflict over");
  expect(await release((await approved(world, "thawed")).id, "production", minutes(7))).toBe("done");
});

test("only operators and admins freeze, for a time that is still to come", async () => {
  const window = {
    environment: "production",
    reason: "No.",
    from: minutes(-20).toISOString(),
    until: minutes(-10).toISOString(),
  };
  expect(await refusal(beginFreeze(world.as("reviewer"), window))).toBe("forbidden missing-permission");
  expect(await refusal(beginFreeze(world.as("operator"), window))).toBe("invalid over");
  expect(
    await refusal(beginFreeze(world.as("admin"), { ...window, environment: "moon", until: minutes(1).toISOString() })),
  ).toBe("not-found not-found");
  expect(beginFreezeSchema.safeParse({ ...window, environment: undefined, until: window.from }).success).toBe(false);
});

test("promotions are the segments that one environment serves otherwise than another, with what stands in the way", async () => {
  const same = await approved(world, "same");
  await release(same.id, "staging");
  await release(same.id, "production");
  const ready = await approved(world, "ready");
  await release(ready.id, "staging");
  const early = await submitted(world, "too-early");
  await release(early.id, "staging");
  const edited = await submitted(world, "edited");
  await release(edited.id, "staging");
  await saveDraft(world.as("author"), { key: "edited", document: documentOf("edited", { name: "New" }), basedOn: 1 });
  const { items } = await listPromotions(world.as("viewer"), { from: "staging", to: "production", page: 1 });
  const refusals = Object.fromEntries(items.map((each) => [each.segment.key, each.refusals]));
  expect(refusals).toMatchObject({
    ready: [],
    "too-early": ["Production asks for 1 reviewer; still missing: 1 reviewer."],
    edited: ["The version was edited since it was released there."],
  });
  expect(refusals).not.toHaveProperty("same");
  expect(await release(ready.id, "production")).toBe("done");
});

test("an environment that is promoted to takes exactly the content that the one before it serves", async () => {
  const { db } = world.database;
  const where = { key: "production" };
  await db.environment.update({ where, data: { promotedFrom: "staging" } });
  const first = await approved(world, "promoted");
  expect(await release(first.id, "production")).toBe("conflict not-promoted");
  await release(first.id, "staging");
  await saveDraft(world.as("author"), {
    key: "promoted",
    document: documentOf("promoted", { name: "Other" }),
    basedOn: 1,
  });
  const { version } = await submitVersion(world.as("author"), { id: first.id });
  await recordVerdict(world.as("reviewer"), { id: first.id, contentHash: version.contentHash, verdict: "approve" });
  expect(await release(first.id, "production")).toBe("conflict not-promoted");
  await release(first.id, "staging");
  expect(await release(first.id, "production")).toBe("done");
  await db.environment.update({ where, data: { promotedFrom: null } });
});
