import { expect, test } from "vitest";
import { ownPath } from "./own-path";

test.each([
  ["/segments?state=live#x", "/segments?state=live#x"],
  [undefined, "/"],
  ["", "/"],
  ["https://evil.test/", "/"],
  ["//evil.test/", "/"],
  ["/\\evil.test", "/"],
  ["/\t/evil.test", "/"],
  ["/\n/evil.test", "/"],
  ["/.//evil.test", "/"],
  ["/x/..//evil.test", "/"],
  ["javascript:alert(1)", "/"],
])("after signing in, %j leads to %s", (from, to) => {
  expect(ownPath(from)).toBe(to);
});
