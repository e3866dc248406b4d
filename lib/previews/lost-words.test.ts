import { expect, test } from "vitest";
import { lossRows } from "./lost-words";

test("each guard is told by what it asks for, in the order in which guards decide", () => {
  const rows = lossRows(
    [
      { guard: "consent", purpose: "marketing", customers: 30 },
      { guard: "objection", purpose: "service", customers: 0 },
      { guard: "region", customers: 8 },
    ],
    [{ key: "marketing", name: "Marketing by mail" }],
  );
  expect(rows).toEqual([
    { key: "consent marketing", text: "No consent for marketing by mail", customers: 30 },
    { key: "objection service", text: "Objected to service", customers: 0 },
    { key: "region", text: "Lives in no region of the segment", customers: 8 },
  ]);
});
