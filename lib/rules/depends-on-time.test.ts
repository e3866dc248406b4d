import { expect, test } from "vitest";
import type { TreeNode } from "./definition";
import { dependsOnTime } from "./depends-on-time";

const plan: TreeNode = { attribute: "plan", operator: "equals", value: "premium" };
const lately: TreeNode = { attribute: "seen-at", operator: "within_last", value: { n: 3, unit: "days" } };
const expiring = [{ customerId: "a" }, { customerId: "b", expiresAt: 1 }];

test.each<[string, TreeNode]>([
  ["looks back from now", { any: [plan, { all: [lately] }] }],
  [
    "looks ahead from now",
    { none: [{ attribute: "ends-at", operator: "within_next", value: { n: 1, unit: "hours" } }] },
  ],
  ["asks for what is long ago", { attribute: "seen-at", operator: "not_within_last", value: { n: 3, unit: "days" } }],
  ["lists somebody by hand until an instant", { all: [plan, { guard: "listed", entries: expiring }] }],
  ["names a list with an entry that expires", { list: "vips", operator: "listed", version: 1, entries: expiring }],
  ["names a segment whose rule does", { segment: "s", operator: "not_member", version: 1, rule: { all: [lately] } }],
])("a rule that %s depends on time", (_, tree) => {
  expect(dependsOnTime(tree)).toBe(true);
});

test.each<[string, TreeNode]>([
  ["compares with an instant", { attribute: "seen-at", operator: "after", value: "2026-01-01T00:00:00Z" }],
  [
    "has guards and a rollout",
    { all: [plan, { guard: "region", regions: ["eu"] }, { guard: "rollout", salt: "s", below: 9 }] },
  ],
  ["lists somebody for good", { guard: "listed", entries: [{ customerId: "a" }] }],
  [
    "names a list and a segment that do not",
    {
      all: [
        { list: "vips", operator: "listed", version: 1, entries: [{ customerId: "a" }] },
        { segment: "s", operator: "member", version: 1, rule: plan },
      ],
    },
  ],
])("a rule that %s does not", (_, tree) => {
  expect(dependsOnTime(tree)).toBe(false);
});
