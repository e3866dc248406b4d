import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refreshComputedAttributes } from "../../events/server/refresh-attributes";
import { listLiveArtefacts } from "../../guards/server/live-artefacts";
import { killSegment } from "../../releases/server/kill-segment";
import { releaseVersion } from "../../releases/server/release-version";
import { rollBack } from "../../releases/server/roll-back";
import { createGovernance, type Governance, refusal, testNow } from "../../testing/governance";
import {
  hourMs,
  ingestedBatch,
  type MembershipStep,
  membershipStep,
  releaseWatchedSegments,
} from "../../testing/membership-steps";
import { followClock } from "./follow-clock";
import { materialisedAs } from "./follow-membership";
import { createFollower, type Follower } from "./follower";

const environment = "production";

let world: Governance;
let versions: readonly { readonly key: string; readonly id: string }[];
let follower: Follower;
let now = testNow;
beforeAll(async () => {
  world = await createGovernance();
  versions = await releaseWatchedSegments(world);
  const { db } = world.database;
  await refreshComputedAttributes(db, world.engine, now);
  follower = createFollower({ db, engine: world.engine, now: () => now, gatherMs: 0 });
});
afterAll(async () => {
  await follower.close();
  await world.close();
});

async function collect(pages: AsyncIterable<readonly string[]>): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of pages) ids.push(...page);
  return ids;
}

const membersAt = (segment: string, revision: number) =>
  collect(world.engine.membersAt({ environment, segment, revision }));
const headNow = async () =>
  (await world.database.db.environment.findUniqueOrThrow({ where: { key: environment } })).revision;

async function logged(revision: number): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const { key } of versions) found[key] = await membersAt(key, revision);
  return found;
}

/** Counted anew from the profiles, with everything computed anew for everybody. */
async function counted(): Promise<Record<string, string[]>> {
  await refreshComputedAttributes(world.database.db, world.engine, now);
  const found: Record<string, string[]> = {};
  for (const { artefact } of await listLiveArtefacts(world.database.db, environment)) {
    const { segment, rule } = materialisedAs(artefact);
    found[segment] = rule === null ? [] : await collect(world.engine.members(rule, now.getTime()));
  }
  return found;
}

async function perform(step: MembershipStep): Promise<void> {
  if (step.kind === "wait") now = new Date(now.getTime() + step.hours * hourMs);
  else if (step.kind === "ingest") {
    const { touched } = await world.engine.ingest(ingestedBatch(step.batch, now.getTime()), now.getTime());
    follower.touch(touched, "data");
  } else {
    const { key, id } = versions[step.segment] ?? { key: "", id: "" };
    if (step.kind === "release") {
      const context = world.as("operator", now);
      const outcome = await refusal(releaseVersion(context, { id, environment, rollout: step.rollout }));
      if (outcome !== "done") await refusal(rollBack(context, { key, environment, toVersion: 1, reason: "Back." }));
    } else if (step.kind === "kill") {
      await refusal(killSegment(world.as("operator", now), { key, environment, reason: "Leak." }));
    } else {
      // Killed after the log's commit and before that of PostgreSQL.
      const revision = (await headNow()) + 1;
      const segments = [{ segment: key, rule: null }];
      await world.engine.materialise({ environment, revision, asOf: now.getTime(), cause: "data", segments });
    }
  }
  await follower.settled();
  await followClock(world.database.db, now);
}

test("whatever came in, was released or killed, slid or crashed, the log is a fresh count at each revision", {
  timeout: 180_000,
}, async () => {
  const seen = new Map<number, Record<string, string[]>>();
  const sequences = fc.sample(fc.array(membershipStep, { minLength: 45, maxLength: 45, size: "max" }), {
    ...{ numRuns: 2, seed: 20_261_121 },
  });
  for (const step of sequences.flat()) {
    await perform(step);
    const head = await headNow();
    const found = await logged(head);
    expect(found, JSON.stringify(step)).toEqual(await counted());
    if (step.kind !== "crash" && seen.has(head)) expect(found).toEqual(seen.get(head));
    seen.set(head, found);
  }
  expect(seen.size).toBeGreaterThan(30);
  for (const [revision, members] of seen) expect(await logged(revision)).toEqual(members);
});

test("releases and what comes in at once leave revisions without a gap, and a log that is a fresh count", {
  timeout: 60_000,
}, async () => {
  const { db } = world.database;
  const first = await headNow();
  const ingestRound = (round: number) => {
    const batch = Array.from({ length: 20 }, (_, customer) => {
      const plan = (customer + round) % 2 === 0 ? "premium" : "free";
      return { kind: "profile", customer, plan, region: customer % 3 === 0 ? "us" : "eu" } as const;
    });
    return world.engine.ingest(ingestedBatch(batch, now.getTime()), now.getTime());
  };
  for (let round = 0; round < 6; round += 1) {
    const ingesting = ingestRound(round);
    const releasing = versions.map(({ id }) =>
      refusal(releaseVersion(world.as("operator", now), { id, environment, rollout: 30 + 10 * round })),
    );
    follower.touch((await ingesting).touched, "data");
    await Promise.all(releasing);
  }
  follower.touch((await ingestRound(6)).touched, "data");
  await follower.settled();
  await followClock(db, now);
  expect(await logged(await headNow())).toEqual(await counted());
  const revisions = await db.revision.findMany({ where: { environmentKey: environment, number: { gt: first } } });
  const numbers = revisions.map(({ number }) => number).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: (await headNow()) - first }, (_, index) => first + 1 + index));
  expect(new Set(revisions.map(({ kind }) => kind))).toEqual(new Set(["release", "membership"]));
});
