import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Role } from "../../access/permissions";
import {
  approved,
  createGovernance,
  documentOf,
  type Governance,
  refusal,
  submitted,
  testNow,
} from "../../testing/governance";
import { approvedRule, releasedRule } from "../../testing/referring";
import { createSegment } from "../../versions/server/create-segment";
import { openDraft } from "../../versions/server/open-draft";
import { recordVerdict } from "../../versions/server/record-verdict";
import { saveDraft } from "../../versions/server/save-draft";
import { submitVersion } from "../../versions/server/submit-version";
import { requireVersion } from "../../versions/server/version-row";
import { withdrawVersion } from "../../versions/server/withdraw-version";
import { beginFreeze } from "./begin-freeze";
import { breakGlass } from "./break-glass";
import { closeBreakGlass } from "./close-break-glass";
import { endFreeze } from "./end-freeze";
import { killSegment } from "./kill-segment";
import { listBreakGlass } from "./list-break-glass";
import { releaseVersion } from "./release-version";
import { remindBreakGlass } from "./remind-break-glass";
import { rollBack } from "./roll-back";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

let made = 0;
let key = "";
beforeEach(() => {
  made += 1;
  key = `broken-${made}`;
});

const reason = "Customers are billed twice.";
const premium = { attribute: "plan", operator: "equals", value: "premium" } as const;
const free = { attribute: "plan", operator: "equals", value: "free" } as const;
const operator = () => world.as("operator");
const broken = (id: string, environment = "production") => breakGlass(world.as("admin"), { id, environment, reason });
const close = (
  releaseId: string,
  by: Parameters<Governance["as"]>[0],
  outcome: "justified" | "not_justified" = "justified",
) => closeBreakGlass(world.as(by), { releaseId, outcome, comment: "It was on fire." });

async function verdict(id: string, contentHash: string, given: "approve" | "request_changes" | "reject") {
  await recordVerdict(world.as("reviewer"), { id, contentHash, verdict: given });
}

async function withRole<Answer>(person: "author" | "admin" | "reviewer", roles: Role[], work: () => Promise<Answer>) {
  const where = { id: `id-${person}` };
  const { roles: before } = await world.database.db.person.findUniqueOrThrow({ where });
  await world.database.db.person.update({ where, data: { roles } });
  const answer = await work();
  await world.database.db.person.update({ where, data: { roles: before } });
  return answer;
}

test("an admin serves submitted content without its approvals; it is marked, told, recorded and to be reviewed within a day", async () => {
  const { db } = world.database;
  const { id } = await submitted(world, key);
  const { release } = await broken(id);
  expect(release).toMatchObject({ kind: "break_glass", reason, rolloutPercent: 100 });
  expect((await requireVersion(db, id)).state).toBe("released");
  const row = await db.release.findUniqueOrThrow({ where: { id: release.id }, include: { breakGlass: true } });
  expect(row.breakGlass).toMatchObject({ dueAt: new Date(testNow.getTime() + 86_400_000), closedAt: null });
  // What was asked for, and that nobody gave it.
  expect(row.quorum).toEqual({
    asks: [{ role: "reviewer", count: 1, ownerTeam: false, because: ["Production"], given: [] }],
  });
  const notices = await db.notice.findMany({ where: { kind: "segment.break-glass", href: `/segments/${key}` } });
  const told = notices.map(({ personId }) => personId);
  const everyone = ["id-reviewer", "id-reviewer2", "id-both", "id-twin", "id-privacy", "id-operator", "id-author"];
  expect(told).toEqual(expect.arrayContaining(everyone));
  const entry = await db.auditEntry.findFirst({ where: { subjectId: key, action: "segment.break-glass" } });
  expect(entry?.after).toMatchObject({ reason, revision: release.revision, approvals: [] });
});

describe("who may, and what", () => {
  test("nobody but an admin, who has that right still", async () => {
    const { id } = await submitted(world, key);
    for (const name of ["author", "reviewer", "privacy", "operator", "support", "viewer"] as const) {
      const call = breakGlass(world.as(name), { id, environment: "production", reason });
      expect(await refusal(call), name).toBe("forbidden missing-permission");
    }
    expect(await withRole("admin", ["viewer"], () => refusal(broken(id)))).toBe("forbidden rights-changed");
  });

  test.each<[string, (key: string) => Promise<string>, string]>([
    [
      "a draft",
      async (name) => (await createSegment(world.as("author"), { document: documentOf(name) })).version.id,
      "blocked not-approved",
    ],
    ["submitted content", async (name) => (await submitted(world, name)).id, "done"],
    [
      "content that somebody asked to change",
      async (name) => {
        const { id, contentHash } = await submitted(world, name);
        await verdict(id, contentHash, "request_changes");
        return id;
      },
      "done",
    ],
    [
      "an approved version, which needs no glass broken",
      async (name) => (await approved(world, name)).id,
      "conflict nothing-to-break",
    ],
    [
      "rejected content",
      async (name) => {
        const { id, contentHash } = await submitted(world, name);
        await verdict(id, contentHash, "reject");
        return id;
      },
      "conflict wrong-state",
    ],
    [
      "a withdrawn version",
      async (name) => {
        const { id } = await submitted(world, name);
        await withdrawVersion(world.as("author"), { id });
        return id;
      },
      "conflict wrong-state",
    ],
    [
      "a version that gave way to another",
      async (name) => {
        const id = await releasedRule(world, name, premium);
        await releasedRule(world, name, free);
        return id;
      },
      "conflict wrong-state",
    ],
    [
      "a version that was emptied",
      async (name) => {
        const id = await releasedRule(world, name, premium);
        await killSegment(world.as("admin"), { key: name, environment: "production", reason: "Leak." });
        return id;
      },
      "conflict killed",
    ],
  ])("%s", async (_, make, outcome) => {
    expect(await refusal(broken(await make(key)))).toBe(outcome);
  });

  test("content that would undo what went live since", async () => {
    await releasedRule(world, key, premium);
    const id = await approvedRule(world, key, free);
    await world.database.unprotected((tx) =>
      tx.version.update({ where: { id }, data: { baseVersionId: null, state: "in_review" } }),
    );
    expect(await refusal(broken(id))).toBe("conflict rebase-needed");
  });

  test("a freeze does not stop it; what an environment without approvals serves stays under review", async () => {
    const { version } = await createSegment(world.as("author"), { document: documentOf(key) });
    expect(await refusal(broken(version.id, "staging"))).toBe("blocked not-approved");
    const until = new Date(testNow.getTime() + 60_000).toISOString();
    const window = { environment: "staging", from: testNow.toISOString(), until, reason: "Audit" };
    const { freeze } = await beginFreeze(operator(), window);
    const { id } = await submitted(world, `${key}-frozen`);
    expect(await refusal(releaseVersion(operator(), { id, environment: "staging" }))).toBe("conflict frozen");
    expect(await refusal(broken(id, "staging"))).toBe("done");
    expect((await requireVersion(world.database.db, id)).state).toBe("in_review");
    await world.database.db.$transaction((tx) => endFreeze(tx, world.as("admin2"), freeze.id));
  });

  test("findings that block still block, and guards stay", async () => {
    const { db } = world.database;
    const { id } = await submitted(world, key);
    await db.purpose.delete({ where: { key: "service" } });
    expect(await refusal(broken(id))).toBe("blocked blocked");
    await db.purpose.create({ data: { key: "service", name: "Service", lawfulBasis: "contract" } });
    // 160 of the 200 who meet the rule live in Europe.
    expect((await broken(id)).release.members).toBe(160);
  });
});

describe("the review afterwards", () => {
  test("is open to others who may review, and closes once", async () => {
    const { release } = await broken((await submitted(world, key)).id);
    const asked = (await listBreakGlass(world.as("reviewer"))).items.find(({ releaseId }) => releaseId === release.id);
    expect(asked).toMatchObject({ reason, by: { name: "admin" }, possible: { allowed: true } });
    expect(await refusal(close(release.id, "viewer"))).toBe("forbidden missing-permission");
    expect((await close(release.id, "reviewer")).release.breakGlass).toMatchObject({
      outcome: "justified",
      closedBy: { name: "reviewer" },
    });
    expect(await refusal(close(release.id, "reviewer2", "not_justified"))).toBe("conflict already-closed");
    expect((await listBreakGlass(world.as("reviewer"))).items.map(({ releaseId }) => releaseId)).not.toContain(
      release.id,
    );
    const { db } = world.database;
    expect(
      await db.notice.count({ where: { kind: "break-glass.closed", personId: "id-admin", href: `/segments/${key}` } }),
    ).toBe(1);
    expect(await db.auditEntry.count({ where: { action: "break-glass.justified", subjectId: key } })).toBe(1);
  });

  test("is not closed by whoever broke the glass, though they review too", async () => {
    const { release } = await broken((await submitted(world, key)).id);
    const admin = world.as("admin");
    const ctx = { ...admin, actor: { ...admin.actor, roles: ["admin", "reviewer"] as const } };
    const call = () =>
      refusal(closeBreakGlass(ctx, { releaseId: release.id, outcome: "justified", comment: "I know." }));
    expect(await withRole("admin", ["admin", "reviewer"], call)).toBe("forbidden self-approval");
  });

  test.each([
    ["its author", "both", "both", "forbidden self-approval"],
    ["a second account of its author", "author", "twin", "forbidden same-subject"],
  ] as const)("is not closed by %s", async (_, author, closer, outcome) => {
    const { release } = await broken((await submitted(world, key, author)).id);
    expect(await refusal(close(release.id, closer))).toBe(outcome);
  });

  test("is not closed by a contributor, nor by somebody whose role was taken", async () => {
    const { id } = await submitted(world, key);
    await world.database.db.contribution.create({ data: { versionId: id, personId: "id-both" } });
    const { release } = await broken(id);
    expect(await refusal(close(release.id, "both"))).toBe("forbidden contributor");
    const closing = () => refusal(close(release.id, "reviewer"));
    expect(await withRole("reviewer", ["viewer"], closing)).toBe("forbidden rights-changed");
  });

  test("of two at once, one counts", async () => {
    const { release } = await broken((await submitted(world, key)).id);
    const both = [refusal(close(release.id, "reviewer")), refusal(close(release.id, "reviewer2", "not_justified"))];
    expect((await Promise.all(both)).toSorted()).toEqual(["conflict already-closed", "done"]);
  });

  test("is reminded of once when four hours are left, and once when it is overdue", async () => {
    const { db } = world.database;
    await broken((await submitted(world, key)).id);
    const reminders = () =>
      db.notice.count({ where: { kind: "break-glass.reminder", personId: "id-admin2", href: `/segments/${key}` } });
    const soFar = async (hours: number) => {
      await remindBreakGlass(db, new Date(testNow.getTime() + hours * 3_600_000));
      return reminders();
    };
    expect([await soFar(19), await soFar(20), await soFar(21), await soFar(24), await soFar(25)]).toEqual([
      0, 1, 1, 2, 2,
    ]);
  });
});

test.each([
  ["while nobody has looked at it", undefined, "conflict not-approved"],
  ["once it was found not justified", "not_justified", "conflict not-approved"],
  ["once it was found justified", "justified", "done"],
] as const)("what nobody approved does not come back by a rollback %s: %s", async (_, outcome, expected) => {
  await releasedRule(world, key, premium);
  const { version } = await openDraft(world.as("author"), { key });
  await world.database.unprotected((tx) =>
    tx.version.update({ where: { id: version.id }, data: { state: "in_review" } }),
  );
  const { release } = await broken(version.id);
  const back = (toVersion: number) =>
    rollBack(operator(), { key, environment: "production", toVersion, reason: "Back." });
  await back(1);
  if (outcome) await close(release.id, "reviewer", outcome);
  expect(await refusal(back(2))).toBe(expected);
});

test("who wrote what nobody approved does not review what follows it, emptied or not", async () => {
  await releasedRule(world, key, premium);
  const { version: second } = await openDraft(world.as("both"), { key });
  const changed = { key, document: documentOf(key, { name: "Theirs" }), basedOn: second.draftRevision };
  await saveDraft(world.as("both"), changed);
  await submitVersion(world.as("both"), { id: second.id });
  await broken(second.id);
  await killSegment(operator(), { key, environment: "production", reason: "Leak." });
  const { version: third } = await openDraft(world.as("author"), { key });
  const { version } = await submitVersion(world.as("author"), { id: third.id });
  const { id, contentHash } = version;
  const call = recordVerdict(world.as("both"), { id, contentHash, verdict: "approve" });
  expect(await refusal(call)).toBe("forbidden contributor");
});
