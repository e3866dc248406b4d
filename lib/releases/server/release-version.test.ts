import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { artefactSchema } from "../../guards/artefact";
import { findLiveArtefact } from "../../guards/server/live-artefacts";
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
import { createSegment } from "../../versions/server/create-segment";
import { openDraft } from "../../versions/server/open-draft";
import { recordVerdict } from "../../versions/server/record-verdict";
import { saveDraft } from "../../versions/server/save-draft";
import { submitVersion } from "../../versions/server/submit-version";
import { requireVersion } from "../../versions/server/version-row";
import { rollBackSchema } from "../contract";
import { killSegment } from "./kill-segment";
import { releaseVersion } from "./release-version";
import { rollBack } from "./roll-back";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

function release(id: string, environment = "production", rollout?: number) {
  return releaseVersion(world.as("operator"), { id, environment, ...(rollout === undefined ? {} : { rollout }) });
}

async function nextVersion(key: string, name: string) {
  const { version } = await openDraft(world.as("author"), { key });
  const input = { key, document: documentOf(key, { name }), basedOn: version.draftRevision };
  await saveDraft(world.as("author"), input);
  const { version: sent } = await submitVersion(world.as("author"), { id: version.id });
  return (await recordVerdict(world.as("reviewer"), { id: sent.id, contentHash: sent.contentHash, verdict: "approve" }))
    .version;
}

async function stateOf(id: string) {
  return (await requireVersion(world.database.db, id)).state;
}

describe("releasing", () => {
  test("takes the next revision, freezes the artefact, counts the members and is in the audit", async () => {
    const { db } = world.database;
    const version = await approved(world, "plain");
    const { revision: before } = await db.environment.findUniqueOrThrow({ where: { key: "production" } });
    const answer = await release(version.id);
    expect(answer).toMatchObject({ revision: before + 1, release: { kind: "release", rolloutPercent: 100 } });
    const row = await db.release.findUniqueOrThrow({ where: { id: answer.release.id } });
    expect(row.members).toBe(160);
    expect(artefactSchema.parse(row.artefact)).toMatchObject({
      ...{ key: "plain", version: 1, contentHash: version.contentHash, killed: false, regions: ["eu"] },
      purposes: [{ key: "service", lawfulBasis: "contract" }],
      treatments: { support_queue: "priority" },
    });
    expect(await stateOf(version.id)).toBe("released");
    const count = await db.memberCount.findFirstOrThrow({ where: { segmentId: row.segmentId } });
    expect(count).toMatchObject({ members: 160, environmentKey: "production", day: new Date("2026-06-01") });
    const entry = await db.auditEntry.findFirst({ orderBy: { sequence: "desc" } });
    expect(entry).toMatchObject({ action: "segment.released", subjectId: "plain" });
  });

  test("tells the audit, which people read who may not look customers up, of whole cells only", async () => {
    const { db } = world.database;
    const { rule } = documentOf("cells").definition;
    const document = documentOf("cells", { definition: { rule, include: [{ customerId: "c0003" }] } });
    const { version } = await createSegment(world.as("author"), { document });
    const { id } = version;
    await submitVersion(world.as("author"), { id });
    await recordVerdict(world.as("reviewer"), { id, contentHash: version.contentHash, verdict: "approve" });
    await release(id);
    expect(await db.release.findFirst({ where: { versionId: id } })).toMatchObject({ members: 161 });
    const entries = await db.auditEntry.findMany({ where: { subjectId: "cells" } });
    const told = entries.flatMap(({ after }) => (after as { members?: number }).members ?? []);
    expect(told).toEqual([160, 160]);
  });

  test("supersedes the version before, once no environment serves it", async () => {
    const first = await approved(world, "superseded");
    await release(first.id, "staging");
    await release(first.id);
    const second = await nextVersion("superseded", "Second");
    await release(second.id);
    expect(await stateOf(first.id)).toBe("released");
    await release(second.id, "staging");
    expect(await stateOf(first.id)).toBe("superseded");
  });

  test("to a share serves exactly the buckets below it, and to all of them afterwards", async () => {
    const version = await approved(world, "canary");
    await release(version.id, "production", 10);
    const canary = await findLiveArtefact(world.database.db, "production", "canary");
    expect(canary?.artefact).toMatchObject({ rolloutPercent: 10, parts: { rollout: { salt: "canary", below: 1000 } } });
    expect(await refusal(release(version.id, "production", 10))).toBe("conflict already-live");
    await release(version.id);
    expect((await findLiveArtefact(world.database.db, "production", "canary"))?.artefact.parts.rollout).toBeUndefined();
  });

  test("to an environment that does not exist is not found", async () => {
    expect(await refusal(release((await approved(world, "nowhere")).id, "moon"))).toBe("not-found not-found");
  });
});

describe("what production does not take", () => {
  test("a draft, and a version that nobody approved", async () => {
    const { version } = await createSegment(world.as("author"), { document: documentOf("draft-out") });
    expect(await refusal(release(version.id))).toBe("blocked not-approved");
    expect(await refusal(release((await submitted(world, "unapproved")).id))).toBe("blocked not-approved");
  });

  test("a release by someone who may not, or whose right was taken after signing in", async () => {
    const { id } = await approved(world, "not-mine");
    const input = { id, environment: "production" };
    for (const name of ["author", "support", "viewer", "privacy", "admin"] as const) {
      expect(await refusal(releaseVersion(world.as(name), input)), name).toBe("forbidden missing-permission");
    }
    const where = { id: "id-operator" };
    await world.database.db.person.update({ where, data: { disabledAt: new Date() } });
    expect(await refusal(releaseVersion(world.as("operator"), input))).toBe("forbidden rights-changed");
    await world.database.db.person.update({ where, data: { disabledAt: null } });
  });

  test("a version whose base is no longer live", async () => {
    const first = await released(world, "rebase");
    const second = await nextVersion("rebase", "Second");
    await release(second.id);
    const third = await nextVersion("rebase", "Third");
    await rollBack(world.as("operator"), { key: "rebase", environment: "production", toVersion: 1, reason: "Wrong." });
    expect(await stateOf(first.id)).toBe("released");
    expect(await refusal(release(third.id))).toBe("conflict rebase-needed");
  });

  test("an approved document that the catalogue no longer bears out", async () => {
    const { id } = await approved(world, "catalogue-gone");
    const { db } = world.database;
    await db.purpose.delete({ where: { key: "service" } });
    expect(await refusal(release(id))).toBe("blocked blocked");
    await db.purpose.create({ data: { key: "service", name: "Service", lawfulBasis: "contract" } });
  });
});

test("staging takes submitted content and leaves it under review; an edit afterwards does not change what it serves", async () => {
  const version = await submitted(world, "staged");
  const { release: staged } = await release(version.id, "staging");
  expect(await stateOf(version.id)).toBe("in_review");
  const edit = { key: "staged", document: documentOf("staged", { name: "Edited" }), basedOn: version.draftRevision };
  await saveDraft(world.as("author"), edit);
  const live = await findLiveArtefact(world.database.db, "staging", "staged");
  expect(live?.artefact).toMatchObject({ name: "Segment staged", contentHash: staged.version.contentHash });
});

describe("rolling back", () => {
  test("to a number beyond all versions is refused by its shape", () => {
    const input = { environment: "production", toVersion: 3_000_000_000, reason: "No." };
    expect(rollBackSchema.safeParse(input).success).toBe(false);
  });

  test("serves the earlier release as it was, with a reason, and turns the states around", async () => {
    const first = await released(world, "back");
    const second = await nextVersion("back", "Second");
    await release(second.id);
    const input = { key: "back", environment: "production", toVersion: 1, reason: "Too many." };
    expect(await refusal(rollBack(world.as("reviewer"), input))).toBe("forbidden missing-permission");
    const answer = await rollBack(world.as("operator"), input);
    expect(answer.release).toMatchObject({ kind: "rollback", reason: "Too many.", version: { number: 1 } });
    expect([await stateOf(first.id), await stateOf(second.id)]).toEqual(["released", "superseded"]);
    expect(await refusal(rollBack(world.as("operator"), input))).toBe("conflict already-live");
    expect(await refusal(rollBack(world.as("operator"), { ...input, toVersion: 9 }))).toBe("conflict never-released");
  });

  test("two at once: one is done", async () => {
    await released(world, "back-race");
    await release((await nextVersion("back-race", "Second")).id);
    const input = { key: "back-race", environment: "production", toVersion: 1, reason: "Race." };
    const calls = [1, 2, 3].map(() => refusal(rollBack(world.as("operator"), input)));
    expect((await Promise.all(calls)).toSorted()).toEqual(["conflict already-live", "conflict already-live", "done"]);
  });
});

test("what was rolled back comes again by a rollback only, also while staging still serves it", async () => {
  await released(world, "undone");
  const second = await nextVersion("undone", "Second");
  await release(second.id);
  await release(second.id, "staging");
  const back = { key: "undone", environment: "production", reason: "Too many." };
  await rollBack(world.as("operator"), { ...back, toVersion: 1 });
  expect(await refusal(release(second.id))).toBe("conflict wrong-state");
  await rollBack(world.as("operator"), { ...back, toVersion: 2 });
  expect((await findLiveArtefact(world.database.db, "production", "undone"))?.artefact.version).toBe(2);
});

describe("the kill switch", () => {
  test("empties a segment at once, and only a rollback brings the same version back", async () => {
    const version = await released(world, "killed");
    const input = { key: "killed", environment: "production", reason: "Leak." };
    expect(await refusal(killSegment(world.as("author"), input))).toBe("forbidden missing-permission");
    const answer = await killSegment(world.as("admin"), input);
    expect(answer.release).toMatchObject({ kind: "kill", members: 0, reason: "Leak." });
    const live = await findLiveArtefact(world.database.db, "production", "killed");
    expect(live?.artefact.killed).toBe(true);
    const { guardedRuleOfArtefact } = await import("../../guards/guarded-rule");
    const served = live && guardedRuleOfArtefact(live.artefact);
    expect(served && (await world.engine.count(served, testNow.getTime()))).toBe(0);
    expect(await refusal(killSegment(world.as("admin"), input))).toBe("conflict already-killed");
    expect(await refusal(release(version.id))).toBe("conflict killed");
    const back = { key: "killed", environment: "production", toVersion: 1, reason: "Fixed." };
    expect((await rollBack(world.as("operator"), back)).release.members).toBe(160);
  });
});

describe("races", () => {
  test("one version released many times at once is released once", async () => {
    const { id } = await approved(world, "same-twice");
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => refusal(release(id))));
    expect(outcomes.filter((each) => each === "done")).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(["done", "conflict already-live"]));
  });

  test("of two releases of one version to other shares at once one wins, and the other is told", async () => {
    const { id } = await approved(world, "two-shares");
    const outcomes = await Promise.all([
      refusal(release(id, "production", 10)),
      refusal(release(id, "production", 20)),
    ]);
    expect(outcomes.toSorted()).toEqual(["conflict changed", "done"]);
    expect(await world.database.db.release.count({ where: { versionId: id } })).toBe(1);
  });

  test("releases of several segments at once take revisions without a gap, each with its release", async () => {
    const { db } = world.database;
    const versions = await Promise.all(["a", "b", "c", "d", "e"].map((each) => approved(world, `many-${each}`)));
    const { revision: before } = await db.environment.findUniqueOrThrow({ where: { key: "production" } });
    const answers = await Promise.all(versions.map(({ id }) => release(id)));
    const revisions = answers.map(({ revision }) => revision).toSorted((a, b) => a - b);
    expect(revisions).toEqual([1, 2, 3, 4, 5].map((step) => before + step));
    const { revision: after } = await db.environment.findUniqueOrThrow({ where: { key: "production" } });
    expect(after).toBe(before + 5);
    const lines = await db.revision.count({ where: { environmentKey: "production" } });
    expect(lines).toBe(after);
  });

  test("an edit and a release at once: what is served is what was approved", async () => {
    for (let round = 0; round < 6; round += 1) {
      const key = `edit-release-${round}`;
      const version = await approved(world, key);
      const [edit, out] = await Promise.all([
        refusal(
          saveDraft(world.as("author"), {
            key,
            document: documentOf(key, { name: "Edited" }),
            basedOn: version.draftRevision,
          }),
        ),
        refusal(release(version.id)),
      ]);
      const live = await findLiveArtefact(world.database.db, "production", key);
      expect([edit, out].filter((each) => each === "done")).toHaveLength(1);
      expect(live?.artefact.contentHash).toBe(out === "done" ? version.contentHash : undefined);
    }
  });

  test("a release and the kill switch at once leave one current release", async () => {
    await released(world, "kill-race");
    const second = await nextVersion("kill-race", "Second");
    const kill = killSegment(world.as("admin"), { key: "kill-race", environment: "production", reason: "Race." });
    const [out, emptied] = await Promise.all([refusal(release(second.id)), refusal(kill)]);
    // Whoever comes second: a release before is emptied, one after needs approvals that know of it.
    expect([emptied, ["done", "blocked not-approved"].includes(out)]).toEqual(["done", true]);
    const where = { segment: { key: "kill-race" }, endedAt: null };
    expect(await world.database.db.release.findMany({ where })).toMatchObject([{ kind: "kill" }]);
  });
});
