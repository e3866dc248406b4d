import fc from "fast-check";
import { expect, test } from "vitest";
import { asTest, compareBatch } from "./conformance";
import { anyMembershipBatch } from "./membership-arbitraries";

const batches = 10;
const size = { trees: 40, profiles: 50 };

test("the five programs agree on 20,000 generated cases", { timeout: 300_000 }, async () => {
  let cases = 0;
  let members = 0;
  for (const batch of fc.sample(anyMembershipBatch(size), { numRuns: batches, seed: 20_261_121 })) {
    const outcome = await compareBatch(batch);
    if (outcome.disagreement) throw new Error(`They disagree:\n\n${await asTest(outcome.disagreement)}`);
    cases += outcome.cases;
    members += outcome.members;
  }
  expect(cases).toBe(20_000);
  expect(members / cases).toBeGreaterThan(0.1);
  expect(members / cases).toBeLessThan(0.9);
});
