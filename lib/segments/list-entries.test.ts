import { expect, test } from "vitest";
import { addEntries } from "./list-entries";

test("an id that is listed already takes over the new reason", () => {
  const entries = [
    { customerId: "1", reason: "old" },
    { customerId: "2", reason: "old" },
  ];
  expect(addEntries(entries, ["2", "3"], { reason: "new" }).entries).toEqual([
    { customerId: "1", reason: "old" },
    { customerId: "2", reason: "new" },
    { customerId: "3", reason: "new" },
  ]);
});

test("a list that would grow too long is refused whole", () => {
  const ids = Array.from({ length: 10_001 }, (_, index) => String(index));
  const added = addEntries([{ customerId: "x", reason: "" }], ids, { reason: "" });
  expect(added.refused).toContain("10,002");
  expect(added.entries).toHaveLength(1);
});

test("an id that is too long is refused by name", () => {
  expect(addEntries([], ["a".repeat(201)], { reason: "" }).refused).toContain("201");
});
