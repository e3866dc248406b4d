import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { releaseVersion } from "../../releases/server/release-version";
import {
  createGovernance,
  documentOf,
  type Governance,
  type PersonName,
  refusal,
  released,
} from "../../testing/governance";
import type { Version } from "../contract";
import { openDraft } from "./open-draft";
import { rebaseVersion } from "./rebase-version";
import { recordVerdict } from "./record-verdict";
import { saveDraft } from "./save-draft";
import { submitVersion } from "./submit-version";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

async function submittedBy(by: PersonName, key: string, change: Record<string, unknown>): Promise<Version> {
  const { version } = await openDraft(world.as(by), { key });
  await saveDraft(world.as(by), { key, document: documentOf(key, change), basedOn: version.draftRevision });
  return (await submitVersion(world.as(by), { id: version.id })).version;
}

function judge(by: PersonName, { id, contentHash }: Version, verdict: "approve" | "reject") {
  return recordVerdict(world.as(by), { id, contentHash, verdict, comment: "Because." });
}

/** Version 2, written by someone who reviews too, was rejected; version 3 went live after it. */
async function rejectedBeforeLive(key: string): Promise<Version> {
  await released(world, key);
  const second = await submittedBy("both", key, { description: "Rejected" });
  const { version: rejected } = await judge("reviewer", second, "reject");
  const third = await submittedBy("author", key, { tags: ["three"] });
  await judge("reviewer", third, "approve");
  await releaseVersion(world.as("operator"), { id: third.id, environment: "production" });
  return rejected;
}

describe("a rejected version that is opened again", () => {
  test("stays rejected: its content is that of a new draft", async () => {
    await released(world, "again");
    const { version: rejected } = await judge("reviewer", await submittedBy("both", "again", { name: "No" }), "reject");
    const { version } = await openDraft(world.as("author2"), { key: "again", from: 2 });
    expect(version).toMatchObject({
      number: 3,
      state: "draft",
      base: { number: 1 },
      contentHash: rejected.contentHash,
    });
    const kept = await world.database.db.version.findUniqueOrThrow({ where: { id: rejected.id } });
    expect(kept.state).toBe("rejected");
  });

  test("keeps its writers from approving it, also after other versions have gone live", async () => {
    await rejectedBeforeLive("carried-on");
    const { version } = await openDraft(world.as("author2"), { key: "carried-on", from: 2 });
    expect(version.contributors.map(({ name }) => name)).toContain("both");
    const { version: draft } = await rebaseVersion(world.as("author2"), {
      id: version.id,
      basedOn: version.draftRevision,
    });
    const { version: sent } = await submitVersion(world.as("author2"), { id: draft.id });
    expect(await refusal(judge("both", sent, "approve"))).toBe("forbidden contributor");
    expect(await refusal(judge("reviewer", sent, "approve"))).toBe("done");
  });

  test("undoes nothing that went live since: it is rebased first", async () => {
    await rejectedBeforeLive("undone");
    const { version } = await openDraft(world.as("author2"), { key: "undone", from: 2 });
    expect(await refusal(submitVersion(world.as("author2"), { id: version.id }))).toBe("conflict rebase-needed");
    const rebased = await rebaseVersion(world.as("author2"), { id: version.id, basedOn: version.draftRevision });
    expect(rebased.version.document).toMatchObject({ description: "Rejected", tags: ["three"] });
  });

  test("is one that was withdrawn or rejected, and no other", async () => {
    await released(world, "closed");
    expect(await refusal(openDraft(world.as("author"), { key: "closed", from: 1 }))).toBe("conflict wrong-state");
    expect(await refusal(openDraft(world.as("author"), { key: "closed", from: 9 }))).toBe("not-found not-found");
    expect(await refusal(openDraft(world.as("viewer"), { key: "closed", from: 1 }))).toBe(
      "forbidden missing-permission",
    );
  });
});
