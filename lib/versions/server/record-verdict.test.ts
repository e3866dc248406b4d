import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { releaseVersion } from "../../releases/server/release-version";
import {
  askForReviewers,
  createGovernance,
  documentOf,
  type Governance,
  refusal,
  released,
  submitted,
} from "../../testing/governance";
import type { Version } from "../contract";
import { openDraft } from "./open-draft";
import { recordVerdict } from "./record-verdict";
import { saveDraft } from "./save-draft";
import { submitVersion } from "./submit-version";
import { withdrawVersion } from "./withdraw-version";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

function approve(by: Parameters<Governance["as"]>[0], { id, contentHash }: Pick<Version, "id" | "contentHash">) {
  return recordVerdict(world.as(by), { id, contentHash, verdict: "approve" });
}

test("the approval that completes what is asked for approves the version", async () => {
  const version = await submitted(world, "approval");
  const { version: after, approvals } = await approve("reviewer", version);
  expect(after.state).toBe("approved");
  expect(approvals).toMatchObject({ complete: true, required: [{ count: 1, given: 1 }] });
});

test("whoever asks for changes sends the version back, and a new submit starts a new round", async () => {
  const { id, contentHash } = await submitted(world, "sent-back");
  const sent = await recordVerdict(world.as("reviewer"), {
    id,
    contentHash,
    verdict: "request_changes",
    comment: "No.",
  });
  expect(sent.version).toMatchObject({ state: "changes_requested", reviewCycle: 1 });
  const again = await submitVersion(world.as("author"), { id });
  expect(again.version).toMatchObject({ state: "in_review", reviewCycle: 2, contentHash });
  expect((await approve("reviewer2", again.version)).version.state).toBe("approved");
});

describe("whose approval does not count", () => {
  test("an author cannot approve their own version", async () => {
    const version = await submitted(world, "own", "both");
    expect(await refusal(approve("both", version))).toBe("forbidden self-approval");
  });

  test("someone who saved the draft cannot approve it", async () => {
    const { version } = await createDraft("contributed");
    await save("both", "contributed", { name: "Renamed" }, version.draftRevision);
    const { version: sent } = await submitVersion(world.as("author"), { id: version.id });
    expect(await refusal(approve("both", sent))).toBe("forbidden contributor");
    expect(await refusal(approve("reviewer", sent))).toBe("done");
  });

  test("someone whose content was carried over from a withdrawn version cannot approve it", async () => {
    const first = await released(world, "carried");
    const { version: second } = await openDraft(world.as("both"), { key: "carried" });
    expect(second.base?.id).toBe(first.id);
    await withdrawVersion(world.as("both"), { id: second.id });
    const { version: third } = await openDraft(world.as("author"), { key: "carried" });
    const { version: sent } = await submitVersion(world.as("author"), { id: third.id });
    expect(await refusal(approve("both", sent))).toBe("forbidden contributor");
  });

  test("a contributor of what is live already may approve the next version", async () => {
    await released(world, "next");
    const { version } = await openDraft(world.as("author2"), { key: "next" });
    const { version: sent } = await submitVersion(world.as("author2"), { id: version.id });
    expect(await refusal(approve("reviewer", sent))).toBe("done");
  });

  test("the second account of the author's sign-on cannot approve", async () => {
    expect(await refusal(approve("twin", await submitted(world, "twin")))).toBe("forbidden same-subject");
  });

  test("an approval of content that has changed since is refused, with the hash of now", async () => {
    const version = await submitted(world, "stale");
    expect(await refusal(approve("reviewer", { ...version, contentHash: "0".repeat(64) }))).toBe(
      "conflict stale-content",
    );
  });

  test("someone without a role that reviews cannot approve", async () => {
    const version = await submitted(world, "roles");
    for (const name of ["author2", "support", "viewer", "admin"] as const) {
      expect(await refusal(approve(name, version)), name).toBe("forbidden missing-permission");
    }
  });

  test("someone who was disabled, or lost the role, after signing in cannot approve", async () => {
    const version = await submitted(world, "lost");
    const { db } = world.database;
    const where = { id: "id-reviewer2" };
    await db.person.update({ where, data: { disabledAt: new Date() } });
    expect(await refusal(approve("reviewer2", version))).toBe("forbidden disabled");
    await db.person.update({ where, data: { disabledAt: null, roles: ["viewer"] } });
    expect(await refusal(approve("reviewer2", version))).toBe("forbidden lost-role");
    await db.person.update({ where, data: { roles: ["reviewer"] } });
  });

  test("a token that acts for no person cannot approve", async () => {
    const version = await submitted(world, "nobody");
    const ctx = world.as("reviewer");
    const input = { id: version.id, contentHash: version.contentHash, verdict: "approve" } as const;
    const system = { ...ctx, actor: { ...ctx.actor, via: "system" as const } };
    expect(await refusal(recordVerdict(system, input))).toBe("forbidden no-person");
    const unknown = { ...ctx, actor: { ...ctx.actor, id: "nobody", via: "token" as const } };
    expect(await refusal(recordVerdict(unknown, input))).toBe("forbidden no-person");
  });

  test("an approval counts no more once the one who gave it loses the role: the release is refused", async () => {
    const version = await submitted(world, "revoked");
    await approve("reviewer2", version);
    const { db } = world.database;
    await db.person.update({ where: { id: "id-reviewer2" }, data: { roles: ["viewer"] } });
    const release = () => releaseVersion(world.as("operator"), { id: version.id, environment: "production" });
    expect(await refusal(release())).toBe("blocked not-approved");
    await db.person.update({ where: { id: "id-reviewer2" }, data: { roles: ["reviewer"] } });
    expect(await refusal(release())).toBe("done");
  });

  test("an edit after the approval takes it away", async () => {
    const version = await submitted(world, "edited");
    await approve("reviewer", version);
    const edited = await save("author", "edited", { name: "Other" }, version.draftRevision);
    expect(edited.version).toMatchObject({ state: "draft", reviewCycle: 2 });
    const release = (environment: string) => releaseVersion(world.as("operator"), { id: version.id, environment });
    expect(await refusal(release("production"))).toBe("blocked not-approved");
    expect(await refusal(release("staging"))).toBe("conflict wrong-state");
    await submitVersion(world.as("author"), { id: version.id });
    expect(await refusal(release("production"))).toBe("blocked not-approved");
    expect(await refusal(approve("reviewer", version))).toBe("conflict stale-content");
  });

  test("bringing back the approved content after an edit does not bring back the approval", async () => {
    const version = await submitted(world, "there-and-back");
    await approve("reviewer", version);
    const edited = await save("author", "there-and-back", { name: "Other" }, version.draftRevision);
    const back = await save("author", "there-and-back", {}, edited.version.draftRevision);
    expect(back.version.contentHash).toBe(version.contentHash);
    await submitVersion(world.as("author"), { id: version.id });
    const release = releaseVersion(world.as("operator"), { id: version.id, environment: "production" });
    expect(await refusal(release)).toBe("blocked not-approved");
  });
});

test("two accounts of one subject are one voice where two approvals are asked for", async () => {
  const { db } = world.database;
  const version = await submitted(world, "quorum", "author2");
  await askForReviewers(world, 2);
  await db.person.update({ where: { id: "id-reviewer2" }, data: { subject: "https://id.test|1" } });
  expect((await approve("twin", version)).approvals.required[0]?.given).toBe(1);
  const second = await approve("reviewer2", version);
  expect(second.approvals).toMatchObject({ complete: false, required: [{ given: 1 }] });
  expect((await approve("reviewer", version)).version.state).toBe("approved");
  await db.person.update({ where: { id: "id-reviewer2" }, data: { subject: null } });
  await askForReviewers(world, 1);
});

test("a verdict leaves an entry in the audit", async () => {
  const version = await submitted(world, "audited");
  await approve("reviewer", version);
  const entry = await world.database.db.auditEntry.findFirst({ orderBy: { sequence: "desc" } });
  expect(entry).toMatchObject({ action: "verdict.approve", subjectId: "audited", actorId: "id-reviewer" });
});

async function createDraft(key: string) {
  const { createSegment } = await import("./create-segment");
  return createSegment(world.as("author"), { document: documentOf(key) });
}

function save(by: "author" | "both", key: string, change: Record<string, unknown>, basedOn: number) {
  return saveDraft(world.as(by), { key, document: documentOf(key, change), basedOn });
}
