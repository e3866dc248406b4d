import { expect, test } from "vitest";
import { promotionRefusal } from "./promotion";

const line = [
  { key: "staging", promotedFrom: null },
  { key: "canary", promotedFrom: "staging" },
  { key: "production", promotedFrom: "canary" },
];

test.each([
  ["production", null, null],
  ["production", "staging", null],
  ["staging", "staging", /wait for itself/],
  ["staging", "production", /staging takes from production takes from canary takes from staging/],
  ["production", "nowhere", /There is no environment "nowhere"/],
])("%s from %s: %s", (key, from, expected) => {
  const why = promotionRefusal(line, key, from);
  if (expected === null) expect(why).toBeNull();
  else expect(why).toMatch(expected);
});
