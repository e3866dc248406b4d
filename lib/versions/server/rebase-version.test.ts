import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isDomainError } from "../../errors";
import { releaseVersion } from "../../releases/server/release-version";
import { rollBack } from "../../releases/server/roll-back";
import {
  createGovernance,
  documentOf,
  type Governance,
  type PersonName,
  refusal,
  released,
} from "../../testing/governance";
import type { Version } from "../contract";
import { rebasePlanSchema } from "../rebase-contract";
import { openDraft } from "./open-draft";
import { previewRebase } from "./plan-rebase";
import { rebaseVersion } from "./rebase-version";
import { recordVerdict } from "./record-verdict";
import { saveDraft } from "./save-draft";
import { submitVersion } from "./submit-version";
import { withdrawVersion } from "./withdraw-version";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

const production = { environment: "production" };

async function draftOf(key: string, by: PersonName, change: Record<string, unknown>): Promise<Version> {
  const { version } = await openDraft(world.as(by), { key });
  const input = { key, document: documentOf(key, change), basedOn: version.draftRevision };
  return (await saveDraft(world.as(by), input)).version;
}

async function approve(by: PersonName, { id }: Version): Promise<Version> {
  const { version } = await submitVersion(world.as("author"), { id });
  return (await recordVerdict(world.as(by), { id, contentHash: version.contentHash, verdict: "approve" })).version;
}

/** Version 2 renames and went live; a draft of version 3 was opened from it; then version 1 was brought back. */
async function outdated(key: string, change: Record<string, unknown>): Promise<Version> {
  await released(world, key);
  const second = await approve("reviewer", await draftOf(key, "author", { name: "Renamed", tags: ["two"] }));
  await releaseVersion(world.as("operator"), { id: second.id, ...production });
  const third = await draftOf(key, "author2", { name: "Renamed", tags: ["two"], ...change });
  await rollBack(world.as("operator"), { key, ...production, toVersion: 1, reason: "wrong name" });
  return third;
}

function rebase(by: PersonName, draft: Version, more: Partial<Parameters<typeof rebaseVersion>[1]> = {}) {
  return rebaseVersion(world.as(by), { id: draft.id, basedOn: draft.draftRevision, ...more });
}

describe("a draft that was opened from what is live no more", () => {
  test("cannot be submitted, and is told that it must be rebased", async () => {
    const draft = await outdated("must", { description: "Mine" });
    expect(await refusal(submitVersion(world.as("author2"), { id: draft.id }))).toBe("conflict rebase-needed");
  });

  test("takes over what went live, keeps what it changed, and stands on the live version then", async () => {
    const draft = await outdated("merges", { description: "Mine" });
    const { version, merged } = await rebase("author2", draft);
    expect(merged).toEqual({ taken: ["name", "tags"], kept: ["description"] });
    expect(version).toMatchObject({
      document: { name: "Segment merges", description: "Mine", tags: [] },
      base: { number: 1 },
      state: "draft",
      reviewCycle: draft.reviewCycle + 1,
      draftRevision: draft.draftRevision + 1,
    });
    expect((await submitVersion(world.as("author2"), { id: draft.id })).version.state).toBe("in_review");
    const entry = await world.database.db.auditEntry.findFirst({
      where: { action: "version.rebased", subjectId: "merges" },
    });
    expect(entry).toMatchObject({ before: { base: 2 }, after: { base: 1, taken: ["name", "tags"], choices: {} } });
  });

  test("asks for what both changed, with both sides, and writes nothing before somebody has chosen", async () => {
    const draft = await outdated("asks", { name: "Mine" });
    const error: unknown = await rebase("author2", draft).catch((each: unknown) => each);
    if (!isDomainError(error)) throw error;
    expect(error.reason).toBe("rebase-conflict");
    expect(rebasePlanSchema.parse(error.detail)).toMatchObject({
      live: { number: 1 },
      conflicts: [{ field: "name", base: "Renamed", live: "Segment asks", draft: "Mine" }],
    });
    const choices = { name: "draft" } as const;
    expect((await rebase("author2", draft, { choices, onto: 1 })).version.document).toMatchObject({
      name: "Mine",
      tags: [],
    });
  });

  test("is planned without writing", async () => {
    const draft = await outdated("planned", { description: "Mine" });
    const before = await world.database.db.version.findUniqueOrThrow({ where: { id: draft.id } });
    const { plan } = await previewRebase(world.as("viewer"), { id: draft.id });
    expect(plan).toMatchObject({ taken: ["name", "tags"], kept: ["description"], base: { number: 2 }, conflicts: [] });
    expect(await world.database.db.version.findUniqueOrThrow({ where: { id: draft.id } })).toEqual(before);
  });

  test("loses its approvals: what was approved is another content in another round", async () => {
    const draft = await outdated("approved-then", { description: "Mine" });
    const first = await rebase("author2", draft);
    const approved = await approve("reviewer", first.version);
    await rollBack(world.as("operator"), {
      key: "approved-then",
      ...production,
      toVersion: 2,
      reason: "right after all",
    });
    expect(await refusal(releaseVersion(world.as("operator"), { id: approved.id, ...production }))).toBe(
      "conflict rebase-needed",
    );
    const { version } = await rebase("author", approved);
    expect(version).toMatchObject({ state: "draft", reviewCycle: approved.reviewCycle + 1 });
    expect(await refusal(releaseVersion(world.as("operator"), { id: version.id, ...production }))).toBe(
      "blocked not-approved",
    );
  });
});

describe("who may approve after a rebase", () => {
  test("whoever wrote nothing of it, and not the one who rebased", async () => {
    const draft = await outdated("whose", { description: "Mine" });
    const { version } = await rebase("both", draft);
    const sent = (await submitVersion(world.as("author2"), { id: version.id })).version;
    const approval = (by: PersonName) =>
      refusal(recordVerdict(world.as(by), { id: sent.id, contentHash: sent.contentHash, verdict: "approve" }));
    expect(await approval("both")).toBe("forbidden contributor");
    expect(await approval("reviewer")).toBe("done");
  });
});

describe("a rebase is refused", () => {
  test("where the draft stands on what is live", async () => {
    await released(world, "current");
    const draft = await draftOf("current", "author", { description: "Mine" });
    expect(await refusal(rebase("author", draft))).toBe("conflict nothing-to-rebase");
    expect((await previewRebase(world.as("author"), { id: draft.id })).plan).toBeNull();
  });

  test("of a draft that was saved since, and onto a version that is live no more", async () => {
    const draft = await outdated("moved", { description: "Mine" });
    expect(await refusal(rebase("author2", { ...draft, draftRevision: draft.draftRevision - 1 }))).toBe(
      "conflict changed",
    );
    expect(await refusal(rebase("author2", draft, { onto: 2 }))).toBe("conflict changed");
  });

  test("to who may not write, and of a version that newer ones followed", async () => {
    const draft = await outdated("whoever", { description: "Mine" });
    expect(await refusal(rebase("reviewer", draft))).toBe("forbidden missing-permission");
    await withdrawVersion(world.as("author2"), { id: draft.id });
    await openDraft(world.as("author"), { key: "whoever" });
    expect(await refusal(rebase("author2", draft))).toBe("conflict no-draft");
  });

  test("of what cannot be edited", async () => {
    const version = await released(world, "live-itself");
    expect(await refusal(rebase("author", version))).toBe("conflict wrong-state");
  });
});
