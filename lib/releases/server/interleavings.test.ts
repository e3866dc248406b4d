import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Role } from "../../access/permissions";
import { createList } from "../../lists/server/create-list";
import type { AuditEntry } from "../../server/prisma/client";
import { createGovernance, type Governance } from "../../testing/governance";
import { clearAway, interleave, interleaving } from "../../testing/interleavings";
import { toPolicy } from "../../versions/server/load-policies";

/** `STEWARD_INTERLEAVINGS=20000 npm test -- integration interleavings` is a longer run. */
const cases = Number(process.env.STEWARD_INTERLEAVINGS ?? 25);
const seed = Number(process.env.STEWARD_SEED ?? 20_261_121);

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
  await createList(world.as("author"), { key: "vips", name: "VIPs", description: "" });
});
afterAll(() => world.close());

test(
  `in ${cases} interleavings of people's deeds nothing is released without its quorum on that hash and round`,
  async () => {
    let made = 0;
    let releases = 0;
    await fc.assert(
      fc.asyncProperty(interleaving, async (rounds) => {
        made += 1;
        const before = await standingNow();
        await interleave(world, `s-${made}`, rounds);
        releases += await judge(`s-${made}`, before);
        await clearAway(world, `s-${made}`);
      }),
      { numRuns: cases, seed, endOnFailure: cases > 25 },
    );
    // Else the deeds would not be such that anything could go wrong.
    expect(releases).toBeGreaterThan(cases / 20);
  },
  60_000 + cases * 5_000,
);

type Approval = { readonly hash: string; readonly round: string };

type Standing = {
  readonly sequence: bigint;
  readonly subjects: ReadonlyMap<string, string | null>;
  readonly roles: ReadonlyMap<string, readonly Role[]>;
  readonly asked: number;
};

async function standingNow(): Promise<Standing> {
  const { db } = world.database;
  const people = await db.person.findMany();
  const policy = await db.approvalPolicy.findUniqueOrThrow({ where: { key: "production" } });
  const head = await db.auditHead.findUnique({ where: { id: 1 } });
  return {
    sequence: head?.sequence ?? 0n,
    subjects: new Map(people.map(({ id, subject }) => [id, subject])),
    roles: new Map(people.map((person) => [person.id, person.roles])),
    asked: toPolicy(policy).asks[0]?.count ?? 0,
  };
}

/** Replays the audit, whose order is that of the commits, by rules written down once more: how many releases there were. */
async function judge(key: string, before: Standing): Promise<number> {
  const roles = new Map(before.roles);
  const entries = await world.database.db.auditEntry.findMany({
    where: { sequence: { gt: before.sequence } },
    orderBy: { sequence: "asc" },
  });
  const voice = (id: string) => before.subjects.get(id) ?? id;
  let writers = new Set<string>();
  let approvals = new Map<string, Approval>();
  let objections = new Set<string>();
  let [asked, round, releases] = [before.asked, 0, 0];
  for (const entry of entries) {
    const after = toldBy(entry);
    const by = entry.actorId ?? "";
    if (entry.action === "change.applied") {
      if (entry.subjectType === "person-roles") roles.set(entry.subjectId, after.proposed?.roles ?? []);
      if (entry.subjectType === "approval-policy") asked = after.proposed?.asks?.[0]?.count ?? asked;
    }
    if (entry.subjectId !== key) continue;
    if (/^(segment.created|version.(opened|saved))$/.test(entry.action)) writers.add(by);
    if (/^version.(opened|saved|submitted|withdrawn)$|^segment.created$/.test(entry.action)) {
      round += 1;
      approvals = new Map();
      objections = new Set();
    }
    if (entry.action === "verdict.approve") {
      objections.delete(voice(by));
      approvals.set(by, { hash: after.contentHash ?? "", round: String(round) });
    }
    if (/^verdict.(request_changes|reject)$/.test(entry.action)) objections.add(voice(by));
    if (entry.action !== "segment.released") continue;
    releases += 1;
    const barred = new Set([...writers].map(voice));
    const voices = [...approvals].filter(
      ([id, approval]) =>
        approval.hash === after.contentHash &&
        approval.round === String(round) &&
        !barred.has(voice(id)) &&
        roles.get(id)?.includes("reviewer"),
    );
    const why = JSON.stringify(entries.slice(-25).map(({ actorId, action, after: then }) => [actorId, action, then]));
    expect(new Set(voices.map(([id]) => voice(id))).size, why).toBeGreaterThanOrEqual(asked);
    expect(objections.size, why).toBe(0);
    await expectSameGround(
      after,
      voices.map(([id]) => id),
    );
    writers = new Set();
  }
  return releases;
}

/** Every approval that counted was given on the version of the list that the release pinned. */
async function expectSameGround(after: Told, voices: readonly string[]): Promise<void> {
  const pinned = after.references?.find((each) => each.key === "vips")?.version ?? 0;
  const counted = await world.database.db.verdict.findMany({ where: { id: { in: after.approvals ?? [] } } });
  expect(counted.length).toBeGreaterThan(0);
  for (const { personId, basis } of counted) {
    expect(voices).toContain(personId);
    expect(basis).toMatchObject({ lists: { vips: pinned } });
  }
}

type Told = {
  readonly contentHash?: string;
  readonly proposed?: { readonly roles?: readonly Role[]; readonly asks?: readonly { readonly count: number }[] };
  readonly approvals?: string[];
  readonly references?: readonly { readonly key: string; readonly version: number }[];
};

function toldBy({ after }: AuditEntry): Told {
  return typeof after === "object" && after !== null && !Array.isArray(after) ? (after as Told) : {};
}
