import { expect, test } from "vitest";
import type { ChangeKind } from "@/lib/segments/governed-change";
import { effectOf, type Reached } from "./effect-words";

const live: Reached = { key: "loyal", members: 1_203, consumers: ["Gateway", "Billing"], archived: false };

test.each<[ChangeKind, Partial<Reached>, string]>([
  ["archive", {}, "All 1,203 members leave. 2 consumers (Gateway; Billing) are sent a tombstone"],
  ["archive", { consumers: [] }, "All 1,203 members leave. No consumer is sent a tombstone"],
  ["deprecate", { members: 1, consumers: ["Gateway"] }, "Its 1 member stays. 1 consumer (Gateway) is told in the feed"],
  ["deprecate", { consumers: ["A", "B", "C", "D"] }, "4 consumers (A; B; C and 1 more) are told"],
  ["restore", { archived: true, members: 0 }, "Whoever fits its rule then is a member again. 2 consumers"],
  ["restore", {}, "All 1,203 members stay. 2 consumers (Gateway; Billing) are told no more"],
  ["rename", {}, "All 1,203 members stay. The key stays loyal"],
  ["reown", {}, "All 1,203 members stay."],
  ["archive", { members: null }, "It is not live in production, so nobody is affected yet."],
])("%s says what it does to members and consumers: %o", (kind, change, words) => {
  expect(effectOf(kind, { ...live, ...change })).toContain(words);
});
