import { expect, test } from "vitest";
import type { ConsumerKeyItem, KeyLag } from "@/lib/feed/contract";
import { feedStateOf } from "./feed-state";

function key(more: Partial<ConsumerKeyItem>): ConsumerKeyItem {
  return {
    id: "k",
    environment: "production",
    regions: [],
    regionsNotServed: [],
    purposes: [],
    rights: [],
    hint: "stw_…",
    createdAt: "2026-01-01T00:00:00Z",
    revokedAt: null,
    expiresAt: null,
    replaces: null,
    lastPulledAt: null,
    lastPulledRevision: null,
    lag: null,
    ...more,
  };
}

function lag(state: KeyLag["state"]): KeyLag {
  return { state, targetSeconds: 5, activated: null, matches: null, behind: null, refusal: null };
}

test("a key is current where its readers are; keys that cannot lag and other environments do not count", () => {
  const keys = [
    key({ lag: lag("current"), lastPulledAt: "2026-11-21T14:00:00Z" }),
    key({ lag: lag("behind"), lastPulledAt: "2026-11-21T13:00:00Z" }),
    key({ lag: lag("unused") }),
    key({ revokedAt: "2026-11-20T00:00:00Z", lastPulledAt: "2026-11-21T16:00:00Z" }),
    key({ environment: "staging", lag: lag("current"), lastPulledAt: "2026-11-21T15:00:00Z" }),
  ];
  expect(feedStateOf("production", [{ keys }])).toEqual({
    keys: 3,
    used: 2,
    current: 1,
    lastPulledAt: "2026-11-21T14:00:00Z",
  });
});
