import { expect, test } from "vitest";
import { newKeySchema } from "../catalogue/definition";
import { suggestKey } from "./suggest-key";

test.each([
  ["Win-back: lapsed premium", "win-back-lapsed-premium"],
  ["Größe über 3", "grosse-uber-3"],
  ["3 years", "s-3-years"],
  ["Region", "region-segment"],
  ["x".repeat(80), "x".repeat(63)],
])("%s suggests %s, which is a key", (name, key) => {
  expect(suggestKey(name)).toBe(key);
  expect(newKeySchema.safeParse(key).success).toBe(true);
});

test("a name without letters or digits suggests nothing", () => {
  expect(suggestKey("—")).toBe("");
});
