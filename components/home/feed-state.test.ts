import { expect, test } from "vitest";
import type { ConsumerKeyItem } from "@/lib/feed/contract";
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

test("a key is current with the newest revision; revoked keys and other environments do not count", () => {
  const keys = [
    key({ lastPulledRevision: 12, lastPulledAt: "2026-11-21T14:00:00Z" }),
    key({ lastPulledRevision: 11, lastPulledAt: "2026-11-21T13:00:00Z" }),
    key({}),
    key({ lastPulledRevision: 12, revokedAt: "2026-11-20T00:00:00Z" }),
    key({ environment: "staging", lastPulledRevision: 99, lastPulledAt: "2026-11-21T15:00:00Z" }),
  ];
  expect(feedStateOf({ key: "production", revision: 12 }, [{ keys }])).toEqual({
    keys: 3,
    current: 1,
    lastPulledAt: "2026-11-21T14:00:00Z",
  });
});
