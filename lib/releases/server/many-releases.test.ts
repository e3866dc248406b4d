import { expect, test } from "vitest";
import type { Context } from "../../server/context";
import { approved, createGovernance, testNow } from "../../testing/governance";
import { faultsOfLine } from "../../testing/release-line";
import { releaseVersion } from "./release-version";

/** `STEWARD_RELEASES=2000 npm test -- integration many-releases` is the longer run. */
const wanted = Number(process.env.STEWARD_RELEASES ?? 100);
const people = 50;

test(
  `${people} people releasing at once make ${wanted} releases: each once, revisions without a gap and in the audit's order`,
  async () => {
    const world = await createGovernance();
    const { db } = world.database;
    await db.person.createMany({
      data: Array.from({ length: people }, (_, n) => ({
        ...{ id: `operator-${n}`, email: `operator-${n}@x.test`, name: `Operator ${n}`, roles: ["operator" as const] },
      })),
    });
    const ids: string[] = [];
    for (let n = 0; n < people / 2; n += 1) ids.push((await approved(world, `many-${n}`)).id);
    let given = 0;
    let refused = 0;
    async function work(n: number): Promise<void> {
      const actor = { ...world.as("operator").actor, id: `operator-${n}`, name: `Operator ${n}` };
      const ctx: Context = { db, actor, now: testNow };
      while (given < wanted) {
        given += 1;
        const rollout = 1 + (given % 99) + n / 100;
        const id = ids[(n + given) % ids.length] ?? "";
        // Another took the segment meanwhile: then it is tried again, as a person would.
        for (;;) {
          const outcome = await releaseVersion(ctx, { id, environment: "production", rollout }).then(
            () => "done",
            (error: { reason?: string }) => error.reason ?? String(error),
          );
          if (outcome === "done") break;
          expect(outcome).toBe("changed");
          refused += 1;
        }
      }
    }
    await Promise.all(Array.from({ length: people }, (_, n) => work(n)));
    expect(await db.release.count()).toBe(wanted);
    expect(await faultsOfLine(db, "production")).toEqual([]);
    console.info(`${wanted} releases by ${people} people, ${refused} told that another was first`);
    await world.close();
  },
  60_000 + wanted * 1_000,
);
