import { expect, test } from "vitest";
import { attributeSchema, eventTypeSchema } from "./definition";
import { withSourceLabels } from "./source-labels";

const visit = eventTypeSchema.parse({
  ...{ key: "visit", name: "Visit" },
  properties: [
    { key: "ward", name: "Ward", type: "string", labels: ["special"] },
    { key: "doctor", name: "Doctor", type: "string", labels: ["personal", "special"] },
    { key: "minutes", name: "Minutes", type: "number" },
  ],
});
const labelsOf = (computation: object | undefined, labels: string[] = []) => {
  const source = computation ? ("computed" as const) : ("stored" as const);
  const attribute = attributeSchema.parse({ key: "a", name: "A", type: "number", source, labels, computation });
  return withSourceLabels(attribute, new Map([["visit", visit]])).labels;
};

test.each([
  [
    "the property that it is made of",
    { event: "visit", aggregate: "last", property: "doctor" },
    ["personal", "special"],
  ],
  [
    "those that it filters by",
    { event: "visit", aggregate: "count", filter: [{ property: "ward", operator: "equals", value: "x" }] },
    ["special"],
  ],
  ["none of the others", { event: "visit", aggregate: "sum", property: "minutes" }, []],
  ["none of an event that is not known", { event: "stay", aggregate: "count" }, []],
])("a computed attribute carries the labels of %s", (_title, computation, expected) => {
  expect(labelsOf(computation)).toEqual(expected);
});

test("its own labels come first and are said once", () => {
  expect(labelsOf({ event: "visit", aggregate: "last", property: "doctor" }, ["house", "special"])).toEqual([
    "house",
    "special",
    "personal",
  ]);
  expect(labelsOf(undefined, ["house"])).toEqual(["house"]);
});
