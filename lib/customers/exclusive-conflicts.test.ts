import { expect, test } from "vitest";
import { exclusiveConflicts } from "./exclusive-conflicts";

const claim = (key: string, precedence: number, exclusiveGroup: string | null) => ({
  ...{ key, name: key.toUpperCase(), version: 1, precedence, exclusiveGroup, treatments: {} },
});

test("two segments of one exclusive group that claim a customer are a conflict, the strongest first", () => {
  const claims = [
    claim("a", 1, "tier"),
    claim("b", 2, "tier"),
    claim("c", 1, "other"),
    claim("d", 1, null),
    claim("e", 1, null),
  ];
  expect(exclusiveConflicts(claims)).toEqual([
    {
      group: "tier",
      segments: [
        { key: "b", name: "B", version: 1 },
        { key: "a", name: "A", version: 1 },
      ],
    },
  ]);
});
