import { expect, test } from "vitest";
import { decidedConsents, withConsents } from "../../../lib/engine/consent-statement";
import { generateCustomers } from "./generate-customers";
import { statementsOf } from "./statements";

test("what customers said comes to what their profiles say", () => {
  const customers = generateCustomers({ seed: 3, count: 2_000, now: new Date("2026-11-21T12:00:00Z") });
  for (const { id, consents, objections, attributes } of customers) {
    const statements = statementsOf({ id, consents, objections, attributes }, 0);
    const bare = { consents: [], objections: [] };
    const { consents: granted, objections: objected } = withConsents(bare, decidedConsents(statements));
    expect([[...granted].sort(), [...objected].sort()]).toEqual([[...consents].sort(), [...objections].sort()]);
  }
  expect(customers.flatMap((each) => statementsOf(each, 0)).some(({ state }) => state === "withdrawn")).toBe(true);
});
