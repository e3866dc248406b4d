import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  approved,
  askForReviewers,
  createGovernance,
  documentOf,
  type Governance,
  refusal,
  submitted,
  testNow,
} from "../../testing/governance";
import { approvedRule, releasedRule } from "../../testing/referring";
import { saveDraft } from "../../versions/server/save-draft";
import { withdrawVersion } from "../../versions/server/withdraw-version";
import { beginFreeze } from "./begin-freeze";
import { cancelSchedule } from "./cancel-schedule";
import { endFreeze } from "./end-freeze";
import { fireDueSchedules } from "./fire-due-schedules";
import { killSegment } from "./kill-segment";
import { listSchedules } from "./list-schedules";
import { releaseVersion } from "./release-version";
import { scheduleRelease } from "./schedule-release";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
  await world.database.db.webhookEndpoint.create({
    data: { url: "https://x.test", events: ["schedule.refused"], secret: "s", createdById: "id-admin" },
  });
});
afterAll(() => world.close());

const hourMs = 3_600_000;
const at = new Date(testNow.getTime() + hourMs);
const premium = { attribute: "plan", operator: "equals", value: "premium" } as const;
const free = { attribute: "plan", operator: "equals", value: "free" } as const;

async function schedule(id: string, more: { at?: Date; environment?: string; rollout?: number } = {}) {
  const { schedule } = await scheduleRelease(world.as("operator"), { id, environment: "production", at, ...more });
  return schedule;
}
const fire = (now = at) => fireDueSchedules(world.database.db, now);
const scheduleRow = (id: string) => world.database.db.scheduledRelease.findUniqueOrThrow({ where: { id } });
const releasesOf = (versionId: string) => world.database.db.release.findMany({ where: { versionId } });

test("a schedule is made at its instant, not before, as whoever scheduled it", async () => {
  const { id } = await approved(world, "on-time");
  const { id: scheduleId } = await schedule(id, { rollout: 25 });
  await fire(new Date(at.getTime() - 1));
  expect(await releasesOf(id)).toEqual([]);
  await fire();
  const [release] = await releasesOf(id);
  expect(release).toMatchObject({ kind: "release", rolloutPercent: 25, actorId: "id-operator", createdAt: at });
  expect(await scheduleRow(scheduleId)).toMatchObject({ state: "fired", releaseId: release?.id, settledAt: at });
  const entry = await world.database.db.auditEntry.findFirst({
    where: { subjectId: "on-time", action: "segment.released" },
  });
  expect(entry).toMatchObject({ actorId: "id-operator", via: "schedule" });
  await fire();
  expect(await releasesOf(id)).toHaveLength(1);
});

test("what nobody approved yet may be scheduled, and the answer says what would refuse it now", async () => {
  const { id } = await submitted(world, "waiting");
  const made = await schedule(id);
  expect(made.wouldRefuse).toEqual(["Production asks for 1 reviewer; still missing: 1 reviewer."]);
  expect((await listSchedules(world.as("viewer"), { segment: "waiting" })).items).toEqual([made]);
  await cancelSchedule(world.as("reviewer"), made.id);
  await fire();
  expect([await releasesOf(id), (await scheduleRow(made.id)).state]).toEqual([[], "cancelled"]);
  expect(await refusal(cancelSchedule(world.as("reviewer"), made.id))).toBe("conflict wrong-state");
});

test("only who may release schedules, at least a minute and at most a year ahead, and nothing twice", async () => {
  const { id } = await approved(world, "shape");
  const input = { id, environment: "production", at };
  expect(await refusal(scheduleRelease(world.as("author"), input))).toBe("forbidden missing-permission");
  expect(await refusal(schedule(id, { at: testNow }))).toBe("invalid too-soon");
  expect(await refusal(schedule(id, { at: new Date("2028-01-01") }))).toBe("invalid too-far");
  expect(await refusal(schedule(id, { environment: "moon" }))).toBe("not-found not-found");
  const { id: scheduleId } = await schedule(id);
  expect(await refusal(schedule(id))).toBe("conflict already-scheduled");
  await cancelSchedule(world.as("operator"), scheduleId);
});

describe("at its instant every gate is checked again, and what is refused is told", () => {
  const person = (data: { disabledAt?: Date | null; roles?: ("operator" | "viewer")[] }) =>
    world.database.db.person.update({ where: { id: "id-operator" }, data });
  const nothing = async () => undefined;

  test.each<[string, (id: string, key: string) => Promise<unknown>, string, () => Promise<unknown>]>([
    [
      "the right was taken",
      () => person({ roles: ["viewer"] }),
      "may no longer release",
      () => person({ roles: ["operator"] }),
    ],
    [
      "the account was disabled",
      () => person({ disabledAt: testNow }),
      "is disabled",
      () => person({ disabledAt: null }),
    ],
    [
      "more approvals are asked for",
      () => askForReviewers(world, 2),
      "still missing: 1 reviewer",
      () => askForReviewers(world, 1),
    ],
    [
      "the content was edited",
      (_, key) => saveDraft(world.as("author"), { key, document: documentOf(key, { name: "Edited" }), basedOn: 1 }),
      "another content",
      nothing,
    ],
    ["it was withdrawn", (id) => withdrawVersion(world.as("author"), { id }), "withdrawn", nothing],
    [
      "the catalogue does not bear it out any more",
      () => world.database.db.purpose.delete({ where: { key: "service" } }),
      'There is no purpose "service"',
      () => world.database.db.purpose.create({ data: { key: "service", name: "Service", lawfulBasis: "contract" } }),
    ],
  ])("%s", async (title, happens, outcome, undo) => {
    const key = title.replaceAll(" ", "-");
    const { id } = await approved(world, key);
    const { id: scheduleId } = await schedule(id);
    await happens(id, key);
    await fire();
    await undo();
    expect(await releasesOf(id)).toEqual([]);
    expect(await scheduleRow(scheduleId)).toMatchObject({
      state: "refused",
      outcome: expect.stringContaining(outcome),
    });
    await expectTold(key, scheduleId);
  });

  test("the segment was emptied since: its other versions need new approvals", async () => {
    await releasedRule(world, "emptied", premium);
    const id = await approvedRule(world, "emptied", free);
    const { id: scheduleId } = await schedule(id);
    await killSegment(world.as("operator"), { key: "emptied", environment: "production", reason: "Leak." });
    await fire();
    expect(await scheduleRow(scheduleId)).toMatchObject({ state: "refused" });
    expect(await releasesOf(id)).toEqual([]);
  });

  test("another version went live meanwhile", async () => {
    const first = await releasedRule(world, "overtaken", premium);
    const id = await approvedRule(world, "overtaken", free);
    const { id: scheduleId } = await schedule(first, { rollout: 50 });
    await releaseVersion(world.as("operator"), { id, environment: "production" });
    await fire();
    expect(await scheduleRow(scheduleId)).toMatchObject({
      state: "refused",
      outcome: expect.stringContaining("rollback"),
    });
  });

  test("the environment is frozen, as the schedule says beforehand", async () => {
    const { id } = await approved(world, "frozen");
    const window = { from: at.toISOString(), until: new Date(at.getTime() + 60_000).toISOString() };
    const { freeze } = await beginFreeze(world.as("admin"), {
      environment: "production",
      reason: "Black Friday",
      ...window,
    });
    const made = await schedule(id);
    expect(made).toMatchObject({ frozen: expect.stringContaining("Black Friday"), wouldRefuse: [] });
    await fire();
    expect(await scheduleRow(made.id)).toMatchObject({
      state: "refused",
      outcome: expect.stringContaining("Black Friday"),
    });
    await world.database.db.$transaction((tx) => endFreeze(tx, world.as("admin2"), freeze.id));
  });

  test("more than an hour went by", async () => {
    const { id } = await approved(world, "late");
    const later = new Date(at.getTime() + 2 * hourMs);
    const { id: scheduleId } = await schedule(id);
    await fire(new Date(later.getTime() + 1));
    expect(await scheduleRow(scheduleId)).toMatchObject({ state: "refused", outcome: expect.stringContaining("hour") });
  });
});

/** To whoever scheduled it and to reviewers, to endpoints, and in the audit. */
async function expectTold(key: string, scheduleId: string): Promise<void> {
  const { db } = world.database;
  const notices = await db.notice.findMany({ where: { kind: "schedule.refused", href: `/segments/${key}` } });
  const told = notices.map(({ personId }) => personId);
  expect(told).toEqual(expect.arrayContaining(["id-reviewer", "id-reviewer2"]));
  const payload = { path: ["data", "schedule"], equals: scheduleId };
  expect(await db.webhookDelivery.count({ where: { event: "schedule.refused", payload } })).toBe(1);
  expect(await db.auditEntry.count({ where: { action: "schedule.refused", subjectId: key } })).toBe(1);
}

describe("processes", () => {
  test("several that fire at once release once", async () => {
    const { id } = await approved(world, "several");
    const { id: scheduleId } = await schedule(id);
    await Promise.all([fire(), fire(), fire()]);
    expect(await releasesOf(id)).toHaveLength(1);
    expect(await scheduleRow(scheduleId)).toMatchObject({ state: "fired" });
  });

  test("one that is cut off in the middle of the release leaves it due, and the next one makes it once", async () => {
    const { database } = world;
    const { id } = await approved(world, "cut-off");
    const { id: scheduleId } = await schedule(id);
    let firing = Promise.resolve();
    await database.unprotected(async (tx) => {
      // The release waits for its entry in the audit: everything but that is written.
      await tx.$queryRaw`SELECT 1 FROM "AuditHead" FOR UPDATE`;
      firing = fire();
      const cut = async () => {
        await tx.$queryRaw`SELECT pg_stat_clear_snapshot()::text`;
        return tx.$queryRaw<{ cut: boolean }[]>`
          SELECT pg_terminate_backend(pid) AS "cut" FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%AuditHead%'`;
      };
      await vi.waitFor(async () => expect(await cut()).toEqual([{ cut: true }]), { timeout: 15_000, interval: 20 });
    });
    await firing;
    expect([await releasesOf(id), (await scheduleRow(scheduleId)).state]).toEqual([[], "pending"]);
    await fire();
    expect([(await releasesOf(id)).length, (await scheduleRow(scheduleId)).state]).toEqual([1, "fired"]);
  });
});
