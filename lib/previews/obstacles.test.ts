import { expect, test } from "vitest";
import { attributeSchema, catalogueOf } from "../catalogue/definition";
import { checkDocument } from "../segments/check-document";
import { obstaclesToCounting } from "./obstacles";

const plan = attributeSchema.parse({ key: "plan", name: "Plan", type: "string" });
const catalogue = catalogueOf({ attributes: [plan] });

test.each([
  ["a sound rule is counted, also without owner, purposes and regions", { attribute: "plan", operator: "is_set" }, 0],
  ["a value that is still missing keeps it from being counted", { attribute: "plan", operator: "equals" }, 1],
  ["an attribute that nobody knows keeps it from being counted", { attribute: "colour", operator: "is_set" }, 1],
])("%s", (_rule, rule, obstacles) => {
  const document = { key: "loyal", name: "Loyal", definition: { rule } };
  expect(obstaclesToCounting(checkDocument(document, catalogue))).toHaveLength(obstacles);
});

test("what is no document at all is not counted, for every reason there is", () => {
  expect(obstaclesToCounting(checkDocument({ colour: "red" }, catalogue)).length).toBeGreaterThan(0);
});
