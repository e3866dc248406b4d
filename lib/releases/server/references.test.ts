import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isDomainError } from "../../errors";
import type { Finding } from "../../findings";
import { guardedRuleOfArtefact } from "../../guards/guarded-rule";
import { findLiveArtefact } from "../../guards/server/live-artefacts";
import { createList } from "../../lists/server/create-list";
import { uploadList } from "../../lists/server/upload-list";
import { previewDocument } from "../../previews/server/preview-document";
import type { Rule } from "../../rules/definition";
import { createGovernance, documentOf, type Governance, refusal, testNow } from "../../testing/governance";
import { approvedRule, releasedRule } from "../../testing/referring";
import { openDraft } from "../../versions/server/open-draft";
import { recordVerdict } from "../../versions/server/record-verdict";
import { reviewView } from "../../versions/server/review-view";
import { submitVersion } from "../../versions/server/submit-version";
import { killSegment } from "./kill-segment";
import { releaseVersion } from "./release-version";
import { rollBack } from "./roll-back";
import { segmentOverview } from "./segment-overview";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

const premium: Rule = { attribute: "plan", operator: "equals", value: "premium" };
const big: Rule = { attribute: "spend", operator: "at_least", value: 200 };
const memberOf = (segment: string): Rule => ({ segment, operator: "member" });
const listedIn = (list: string): Rule => ({ list, operator: "listed" });

function release(id: string) {
  return releaseVersion(world.as("operator"), { id, environment: "production" });
}

async function live(key: string) {
  const found = await findLiveArtefact(world.database.db, "production", key);
  if (!found) throw new Error(`${key} is not live.`);
  return found.artefact;
}

async function membersOf(key: string): Promise<number> {
  return world.engine.count(guardedRuleOfArtefact(await live(key)), testNow.getTime());
}

function preview(key: string, rule: Rule) {
  const document = documentOf(key, { definition: { rule } });
  return previewDocument(world.as("privacy"), { document, environment: "production" });
}

async function findingsOf(call: Promise<unknown>): Promise<readonly Finding[]> {
  return call.then(
    () => [],
    (error: unknown) => (isDomainError(error) ? error.findings : Promise.reject(error)),
  );
}

function upload(key: string, basedOn: number, ...ids: string[]) {
  return uploadList(world.as("author"), { key, mode: "replace", basedOn, entries: ids });
}

/** A version with the content that is live, reviewed and released: what takes newer references over. */
async function reviewedAnew(key: string): Promise<void> {
  const { version } = await openDraft(world.as("author"), { key });
  const { contentHash } = (await submitVersion(world.as("author"), { id: version.id })).version;
  await recordVerdict(world.as("reviewer"), { id: version.id, contentHash, verdict: "approve" });
  await release(version.id);
}

/** Once more on what it stands on by now, where it is still under review. */
async function approvedAnew(id: string): Promise<void> {
  const { version, approvals, possible } = await reviewView(world.as("reviewer"), id);
  if (!possible.verdict.allowed || approvals.complete) return;
  const { contentHash } = version;
  await recordVerdict(world.as("reviewer"), { id, contentHash, verdict: "approve", basis: approvals.basis });
}

describe("a segment that refers to another", () => {
  test("stands on it as it was released, until a version that stands on the newer one is reviewed and released", async () => {
    await releasedRule(world, "payers", premium);
    const id = await releasedRule(world, "big-payers", { all: [memberOf("payers"), big] });
    expect(await live("big-payers")).toMatchObject({
      references: [{ kind: "segment", key: "payers", version: 1 }],
      parts: { rule: { all: [{ segment: "payers", version: 1, rule: premium }, big] } },
    });
    expect(JSON.stringify((await live("big-payers")).tree)).not.toContain("payers");
    const before = await membersOf("big-payers");

    await releasedRule(world, "payers", { all: [premium, { attribute: "spend", operator: "at_least", value: 300 }] });
    expect(await membersOf("big-payers")).toBe(before);
    expect((await live("big-payers")).references).toEqual([{ kind: "segment", key: "payers", version: 1 }]);

    expect(await refusal(release(id))).toBe("conflict already-live");
    await releaseVersion(world.as("operator"), { id, environment: "production", rollout: 50 });
    expect((await live("big-payers")).references).toEqual([{ kind: "segment", key: "payers", version: 1 }]);
    await reviewedAnew("big-payers");
    expect((await live("big-payers")).references).toEqual([{ kind: "segment", key: "payers", version: 2 }]);
    expect(await membersOf("big-payers")).toBeLessThan(before);
  });

  test("is counted as the segment is now, and its draft is told that what is live stands on an older one", async () => {
    await releasedRule(world, "base", premium);
    await releasedRule(world, "onbase", memberOf("base"));
    await releasedRule(world, "base", big);
    const { findings, members } = await preview("onbase", memberOf("base"));
    expect(members).toBe(await membersOf("base"));
    expect(findings.find(({ code }) => code === "reference-outdated")).toMatchObject({
      severity: "note",
      path: "definition.rule",
      message: "Version 1, which is live, refers to version 1 of Segment base; version 2 is live.",
    });
    expect((await segmentOverview(world.as("viewer"), "onbase")).references).toMatchObject([
      { key: "base", pinned: 1, newest: 2 },
    ]);
  });

  test("keeps its copy when the other is emptied, and cannot be released anew before that is back", async () => {
    await releasedRule(world, "ground", premium);
    await releasedRule(world, "house", memberOf("ground"));
    const before = await membersOf("house");
    await killSegment(world.as("operator"), { key: "ground", environment: "production", reason: "wrong" });
    expect(await membersOf("house")).toBe(before);
    expect(await findingsOf(preview("house", memberOf("ground")))).toMatchObject([
      { code: "unknown-segment", path: "definition.rule.segment", severity: "blocking" },
    ]);
    await rollBack(world.as("operator"), { key: "ground", environment: "production", toVersion: 1, reason: "right" });
    expect((await preview("house", memberOf("ground"))).members).toBe(before);
  });

  test("is rolled back to what it stood on then", async () => {
    await releasedRule(world, "floor", premium);
    await releasedRule(world, "room", memberOf("floor"));
    const before = await membersOf("room");
    await releasedRule(world, "floor", big);
    await releasedRule(world, "room", { all: [memberOf("floor"), premium] });
    await rollBack(world.as("operator"), { key: "room", environment: "production", toVersion: 1, reason: "back" });
    expect(await membersOf("room")).toBe(before);
    expect((await live("room")).references).toEqual([{ kind: "segment", key: "floor", version: 1 }]);
  });

  test("takes nobody when it is emptied itself, and its tree still refers to nothing", async () => {
    await releasedRule(world, "under", premium);
    await releasedRule(world, "over", memberOf("under"));
    await killSegment(world.as("operator"), { key: "over", environment: "production", reason: "wrong" });
    expect(await membersOf("over")).toBe(0);
    expect(JSON.stringify((await live("over")).tree)).not.toContain('"segment"');
  });

  test("cannot refer to one that is not live, and is told which are", async () => {
    await approvedRule(world, "unreleased", premium);
    await releasedRule(world, "released-one", premium);
    const [finding] = await findingsOf(preview("any", { all: [premium, memberOf("released-on")] }));
    expect(finding).toMatchObject({ code: "unknown-segment", path: "definition.rule.all[1].segment" });
    expect(finding?.resolution).toContain("released-one");
    expect(await findingsOf(preview("any", memberOf("unreleased")))).toMatchObject([{ code: "unknown-segment" }]);
  });
});

describe("a segment that refers to a managed list", () => {
  test("stands on the version that was newest when it was released, until a newer one is reviewed", async () => {
    await createList(world.as("author"), { key: "vips", name: "VIPs", description: "" });
    await upload("vips", 0, "c0002", "c0004", "c0000");
    await releasedRule(world, "vip-segment", listedIn("vips"));
    // c0000 lives in the United States.
    expect(await membersOf("vip-segment")).toBe(2);
    await upload("vips", 1, "c0002");
    expect(await membersOf("vip-segment")).toBe(2);
    const { findings } = await preview("vip-segment", listedIn("vips"));
    expect(findings.find(({ code }) => code === "reference-outdated")?.message).toBe(
      "Version 1, which is live, refers to version 1 of VIPs; version 2 is the newest.",
    );
    await reviewedAnew("vip-segment");
    expect(await membersOf("vip-segment")).toBe(1);
    expect((await live("vip-segment")).references).toEqual([{ kind: "list", key: "vips", version: 2 }]);
  });

  test("of nobody is warned of, and one that there is not is refused with the nearest", async () => {
    await createList(world.as("author"), { key: "nobody", name: "Nobody", description: "" });
    const counted = await preview("empty", listedIn("nobody"));
    expect(counted.members).toBe(0);
    expect(counted.findings).toContainEqual(
      expect.objectContaining({ code: "empty-list", severity: "warning", path: "definition.rule.list" }),
    );
    const [finding] = await findingsOf(preview("empty", listedIn("nobodi")));
    expect(finding).toMatchObject({
      code: "unknown-list",
      path: "definition.rule.list",
      resolution: "Did you mean nobody?",
    });
  });
});

describe("references that lead back", () => {
  test("are refused, directly and through three segments, with the way", async () => {
    await releasedRule(world, "one", premium);
    await releasedRule(world, "two", memberOf("one"));
    await releasedRule(world, "three", memberOf("two"));
    expect(await findingsOf(preview("one", memberOf("one")))).toMatchObject([
      { code: "reference-cycle", message: 'The segment "one" would refer to itself: one → one.' },
    ]);
    const [finding] = await findingsOf(preview("one", { any: [premium, memberOf("three")] }));
    expect(finding).toMatchObject({
      ...{ code: "reference-cycle", severity: "blocking", path: "definition.rule.any[1].segment" },
      message: 'The segment "one" would refer to itself: one → three → two → one.',
    });
  });

  test("are refused too where the way back was released after what is pinned", async () => {
    await releasedRule(world, "red", premium);
    await releasedRule(world, "blue", premium);
    await releasedRule(world, "green", memberOf("blue"));
    await releasedRule(world, "blue", memberOf("red"));
    const [finding] = await findingsOf(preview("red", memberOf("green")));
    expect(finding?.message).toBe('The segment "red" would refer to itself: red → green → blue → red.');
  });

  test("cannot come about by two releases at once: one of them wins", async () => {
    await releasedRule(world, "left", premium);
    await releasedRule(world, "right", premium);
    const left = await approvedRule(world, "left", { any: [big, memberOf("right")] });
    const right = await approvedRule(world, "right", { any: [big, memberOf("left")] });
    const outcomes = await Promise.all([left, right].map((id) => refusal(release(id))));
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
    expect(outcomes.find((outcome) => outcome !== "done")).toMatch(
      /^(conflict changed|blocked not-approved|blocked blocked)$/,
    );
    const loser = outcomes[0] === "done" ? right : left;
    expect(await refusal(release(loser))).toBe("blocked blocked");
  });

  test("cannot come about by three releases at once", async () => {
    const keys = ["north", "east", "south"];
    for (const key of keys) await releasedRule(world, key, premium);
    const ids = await Promise.all(
      keys.map((key, index) => approvedRule(world, key, { any: [big, memberOf(keys[(index + 1) % 3] ?? "")] })),
    );
    const outcomes = await Promise.all(ids.map((id) => refusal(release(id))));
    expect(outcomes).toContain("done");
    for (const id of ids) {
      await approvedAnew(id);
      await refusal(release(id));
    }
    const again = await Promise.all(ids.map((id) => refusal(release(id))));
    expect(again.filter((outcome) => outcome === "blocked blocked")).toHaveLength(1);
  });
});

test("a segment's row says what it refers to, so that others can say who refers to them", async () => {
  await releasedRule(world, "root", premium);
  await releasedRule(world, "leaf", { all: [memberOf("root"), { none: [listedIn("nobody")] }] });
  const row = await world.database.db.segment.findUniqueOrThrow({ where: { key: "leaf" } });
  expect([row.refersTo, row.lists]).toEqual([["root"], ["nobody"]]);
  expect((await segmentOverview(world.as("viewer"), "root")).referredToBy).toEqual([
    { key: "leaf", name: "Segment leaf" },
  ]);
});
