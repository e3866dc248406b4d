import { expect, test } from "vitest";
import { groupRows, groupText } from "./group-words";

const day = 86_400_000;
const january = Date.parse("2026-01-01T00:00:00Z");

test.each([
  ["a text stands for itself", { value: "premium", members: 1 }, { type: "string" }, false, "premium"],
  ["a yes or no is told as one", { value: "true", members: 1 }, { type: "boolean" }, false, "yes"],
  [
    "a range ends before its end",
    { from: 1000, to: 2000, members: 1 },
    { type: "number" },
    false,
    "1,000 to under 2,000",
  ],
  ["the last range holds its end", { from: 1, to: 2, members: 1 }, { type: "number", unit: "EUR" }, true, "1 to 2 EUR"],
  ["a range of one value is that value", { from: 7, to: 7, members: 1 }, { type: "number" }, true, "7"],
  [
    "a computed bound is shortened",
    { from: 1 / 3, to: 2 / 3, members: 1 },
    { type: "number" },
    false,
    "0.333333 to under 0.666667",
  ],
  [
    "long ranges of time are told in days",
    { from: january + 5_000, to: january + 31 * day, members: 1 },
    { type: "timestamp" },
    false,
    "1 Jan 2026 to before 1 Feb 2026",
  ],
  [
    "short ranges of time are told with the time",
    { from: january, to: january + 3_600_000, members: 1 },
    { type: "timestamp" },
    true,
    "1 Jan 2026 to 1 Jan 2026, 01:00 UTC",
  ],
] as const)("%s", (_title, group, attribute, isLast, text) => {
  expect(groupText(group, attribute, isLast)).toBe(text);
});

test("other values and missing ones come last, and only where there are any", () => {
  const groups = [{ value: "premium", members: 20 }];
  const rows = groupRows({ attribute: "plan", groups, other: 3, missing: 2 }, { type: "string" });
  expect(rows.map(({ text, kind, members }) => [text, kind, members])).toEqual([
    ["premium", "group", 20],
    ["Other values", "other", 3],
    ["Without a value", "missing", 2],
  ]);
  expect(groupRows({ attribute: "plan", groups, other: 0, missing: 0 }, { type: "string" })).toHaveLength(1);
});
