import { expect, test } from "vitest";
import type { ConsumerItem, KeyLag } from "@/lib/feed/contract";
import { consumersInTrouble } from "./consumers-in-trouble";

function lag(state: KeyLag["state"], seconds: number): KeyLag {
  const behind = { releases: 1, since: "2026-11-21T14:00:00Z", seconds };
  return { state, targetSeconds: 5, activated: null, matches: null, behind, refusal: null };
}

function consumer(key: string, keys: readonly (readonly [environment: string, lag: KeyLag | null])[]): ConsumerItem {
  const about = { id: key, key, name: key, description: "", team: null, format: "tree", location: null } as const;
  return {
    ...{ ...about, delivery: "poll", pollSeconds: 60, createdAt: "2026-01-01T00:00:00Z", alerts: [] },
    keys: keys.map(([environment, lag], n) => ({
      ...{ id: `${key}-${n}`, environment, lag, regions: [], regionsNotServed: [], purposes: [], rights: [] },
      ...{ hint: "stw_", createdAt: "2026-01-01T00:00:00Z", revokedAt: null, expiresAt: null, replaces: null },
      ...{ lastPulledAt: null, lastPulledRevision: null },
    })),
  };
}

test("who refuses comes first, then who is behind for longest; each once for an environment", () => {
  const troubled = consumersInTrouble([
    consumer("fine", [["production", lag("current", 0)]]),
    consumer("catching-up", [["production", lag("catching-up", 3)]]),
    consumer("ended", [["production", null]]),
    consumer("late", [["production", lag("behind", 10)]]),
    consumer("later", [
      ["production", lag("behind", 20)],
      ["production", lag("behind", 90)],
      ["staging", lag("behind", 30)],
    ]),
    consumer("refusing", [["production", lag("refused", 1)]]),
  ]);
  expect(
    troubled.map(({ consumer: { key }, environment, lag: { behind } }) => [key, environment, behind?.seconds]),
  ).toEqual([
    ["refusing", "production", 1],
    ["later", "production", 90],
    ["later", "staging", 30],
    ["late", "production", 10],
  ]);
});
