import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Role } from "../../access/permissions";
import { createList } from "../../lists/server/create-list";
import type { AuditEntry } from "../../server/prisma/client";
import { createGovernance, type Governance } from "../../testing/governance";
import { interleave, interleaving } from "../../testing/interleavings";

/** `STEWARD_INTERLEAVINGS=20000 npm test -- integration interleavings` is the longer run. */
const cases = Number(process.env.STEWARD_INTERLEAVINGS ?? 1_000);
const seed = Number(process.env.STEWARD_SEED ?? 20_261_121);
const perWorld = 50;

let world: Governance;
const begin = async () => {
  world = await createGovernance();
  await createList(world.as("author"), { key: "vips", name: "VIPs", description: "" });
};
beforeAll(begin);
afterAll(() => world.close());

test(
  `in ${cases} interleavings of people's deeds nothing is released without its quorum on that hash and round`,
  async () => {
    let made = 0;
    let releases = 0;
    await fc.assert(
      fc.asyncProperty(interleaving, async (rounds) => {
        made += 1;
        if (made % perWorld === 0) {
          await world.close();
          await begin();
        }
        await interleave(world, `s-${made}`, rounds);
        releases += await judge(`s-${made}`);
      }),
      { numRuns: cases, seed, endOnFailure: cases > 1_000 },
    );
    // Else the deeds would not be such that anything could go wrong.
    expect(releases).toBeGreaterThan(cases / 20);
  },
  cases * 3_000,
);

type Approval = { readonly hash: string; readonly round: string };

/** Replays the audit, whose order is that of the commits, by rules written down once more: how many releases there were. */
async function judge(key: string): Promise<number> {
  const { db } = world.database;
  const people = new Map((await db.person.findMany()).map((person) => [person.id, person]));
  const roles = new Map<string, readonly Role[]>(Object.entries(beginning));
  const entries = await db.auditEntry.findMany({ orderBy: { sequence: "asc" } });
  const voice = (id: string) => people.get(id)?.subject ?? id;
  let writers = new Set<string>();
  let approvals = new Map<string, Approval>();
  let objections = new Set<string>();
  let [asked, round, releases] = [1, 0, 0];
  for (const entry of entries) {
    const after = toldBy(entry);
    const by = entry.actorId ?? "";
    if (entry.action === "change.applied") {
      if (entry.subjectType === "person") roles.set(entry.subjectId, after.roles ?? []);
      if (entry.subjectType === "approval-policy") asked = after.asks?.[0]?.count ?? asked;
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
    await expectSameGround(after, voices.map(([id]) => id));
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

const beginning: Readonly<Record<string, readonly Role[]>> = {
  "id-reviewer": ["reviewer"],
  "id-reviewer2": ["reviewer"],
  "id-both": ["author", "reviewer"],
  "id-twin": ["reviewer"],
  "id-privacy": ["privacy"],
};

type Told = {
  readonly contentHash?: string;
  readonly roles?: readonly Role[];
  readonly asks?: readonly { readonly count: number }[];
  readonly approvals?: string[];
  readonly references?: readonly { readonly key: string; readonly version: number }[];
};

function toldBy({ after }: AuditEntry): Told {
  return typeof after === "object" && after !== null && !Array.isArray(after) ? (after as Told) : {};
}
