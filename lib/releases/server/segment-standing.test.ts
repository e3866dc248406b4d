import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findLiveArtefact } from "../../guards/server/live-artefacts";
import type { DocumentStanding } from "../../segments/document";
import { approved, createGovernance, documentOf, type Governance, refusal, released } from "../../testing/governance";
import { releasedRule } from "../../testing/referring";
import { openDraft } from "../../versions/server/open-draft";
import { recordVerdict } from "../../versions/server/record-verdict";
import { saveDraft } from "../../versions/server/save-draft";
import { submitVersion } from "../../versions/server/submit-version";
import { withdrawVersion } from "../../versions/server/withdraw-version";
import { killSegment } from "./kill-segment";
import { releaseVersion } from "./release-version";
import { rollBack } from "./roll-back";
import { segmentOverview } from "./segment-overview";

const removalAt = "2027-03-01T00:00:00Z";
const deprecated: DocumentStanding = { state: "deprecated", notice: "Use another one.", removalAt };
const archived: DocumentStanding = { state: "archived", notice: "Nobody pulls it." };

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

/** A draft of what is live with another standing, or none. */
async function drafted(key: string, standing?: DocumentStanding, change: Record<string, unknown> = {}) {
  const author = world.as("author");
  const { version } = await openDraft(author, { key });
  const document = documentOf(key, { ...change, ...(standing && { standing }) });
  return (await saveDraft(author, { key, document, basedOn: version.draftRevision })).version;
}

async function approvedStanding(key: string, standing?: DocumentStanding): Promise<string> {
  const { id } = await drafted(key, standing);
  const { version } = await submitVersion(world.as("author"), { id });
  await recordVerdict(world.as("reviewer"), { id, contentHash: version.contentHash, verdict: "approve" });
  return id;
}

async function releasedStanding(key: string, standing?: DocumentStanding): Promise<void> {
  const id = await approvedStanding(key, standing);
  await releaseVersion(world.as("operator"), { id, environment: "production" });
}

async function stateOf(key: string) {
  const { segment, standings, live } = await segmentOverview(world.as("support"), key);
  const production = standings.find(({ environment }) => environment === "production");
  return { state: segment.state, served: production?.state, members: live.production?.members };
}

describe("a segment is deprecated and archived like anything else: by a release", () => {
  test("deprecated, it keeps its members and says until when", async () => {
    await released(world, "going");
    const { id } = await drafted("going", deprecated);
    expect(await stateOf("going")).toEqual({ state: "active", served: "active", members: 160 });
    await withdrawVersion(world.as("author"), { id });
    await releasedStanding("going", deprecated);
    expect(await stateOf("going")).toEqual({ state: "deprecated", served: "deprecated", members: 160 });
    const row = await world.database.db.segment.findUnique({ where: { key: "going" } });
    expect(row?.removalAt?.toISOString()).toBe("2027-03-01T00:00:00.000Z");
  });

  test("archived, nobody is a member, and what is served holds neither rule nor treatments", async () => {
    await released(world, "gone");
    await releasedStanding("gone", archived);
    expect(await stateOf("gone")).toEqual({ state: "archived", served: "archived", members: 0 });
    const live = await findLiveArtefact(world.database.db, "production", "gone");
    expect(live?.artefact).toMatchObject({ standing: archived, treatments: {}, references: [] });
    expect(JSON.stringify(live?.artefact.parts)).not.toContain("premium");
    const kill = killSegment(world.as("operator"), { key: "gone", environment: "production", reason: "Leak." });
    expect(await refusal(kill)).toBe("conflict archived");
  });

  test("not without an approval, and in an environment that asks for none it says nothing of production", async () => {
    await released(world, "kept");
    const { id } = await drafted("kept", archived);
    await submitVersion(world.as("author"), { id });
    const release = (environment: string) => releaseVersion(world.as("operator"), { id, environment });
    expect(await refusal(release("production"))).toBe("blocked not-approved");
    await release("staging");
    const { segment, standings } = await segmentOverview(world.as("viewer"), "kept");
    expect(segment.state).toBe("active");
    expect(standings.map(({ environment, state }) => [environment, state])).toEqual([
      ["staging", "archived"],
      ["production", "active"],
    ]);
  });

  test("archived, it comes back by another review", async () => {
    await released(world, "restored");
    await releasedStanding("restored", archived);
    await releasedStanding("restored");
    expect(await stateOf("restored")).toEqual({ state: "active", served: "active", members: 160 });
  });

  test("archived, it comes back by a rollback of what was approved before", async () => {
    await released(world, "rolled-back");
    await releasedStanding("rolled-back", archived);
    const back = { key: "rolled-back", environment: "production", toVersion: 1, reason: "A gateway pulls it." };
    await rollBack(world.as("operator"), back);
    expect(await stateOf("rolled-back")).toEqual({ state: "active", served: "active", members: 160 });
  });
});

describe("what something live refers to is not archived", () => {
  const referring = (key: string) => ({ all: [{ segment: key, operator: "member" as const }] });

  test("at submit, and everyone who refers to it is named", async () => {
    await released(world, "needed");
    await releasedRule(world, "needing", referring("needed"));
    const { id } = await drafted("needed", archived);
    await expect(submitVersion(world.as("author"), { id })).rejects.toMatchObject({
      reason: "blocked",
      findings: expect.arrayContaining([
        expect.objectContaining({ code: "still-referred-to", message: expect.stringContaining("needing") }),
      ]),
    });
  });

  test("at the release either, when the reference came after the approval", async () => {
    await released(world, "wanted");
    const id = await approvedStanding("wanted", archived);
    await releasedRule(world, "wanting", referring("wanted"));
    const release = releaseVersion(world.as("operator"), { id, environment: "production" });
    expect(await refusal(release)).toMatch(/^blocked /);
    expect(await stateOf("wanted")).toMatchObject({ state: "active", members: 160 });
  });

  test("by a rollback either", async () => {
    await released(world, "again");
    await releasedStanding("again", archived);
    await releasedStanding("again");
    await releasedRule(world, "after", referring("again"));
    const back = { key: "again", environment: "production", toVersion: 2, reason: "Once more." };
    expect(await refusal(rollBack(world.as("operator"), back))).toBe("blocked still-referred-to");
  });

  test("and nothing can refer to what is archived", async () => {
    await released(world, "tomb");
    await releasedStanding("tomb", archived);
    const attempt = approved(world, "late", { definition: { rule: referring("tomb") } });
    await expect(attempt).rejects.toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ code: "unknown-segment" })]),
    });
  });
});
