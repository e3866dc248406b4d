import { expect, test } from "vitest";
import { mayChangeByCookie } from "./same-origin";

test.each<[string, string, Record<string, string>, boolean]>([
  ["a read from anywhere", "GET", { "sec-fetch-site": "cross-site" }, true],
  ["a change from our own page", "POST", { "sec-fetch-site": "same-origin", host: "a.test" }, true],
  ["a change from another site", "POST", { "sec-fetch-site": "cross-site", host: "a.test" }, false],
  ["a change from a sibling domain", "POST", { "sec-fetch-site": "same-site", host: "a.test" }, false],
  ["a typed address that posts", "POST", { "sec-fetch-site": "none", host: "a.test" }, false],
  [
    "another site that claims our origin",
    "POST",
    { "sec-fetch-site": "cross-site", origin: "http://a.test", host: "a.test" },
    false,
  ],
  ["an older browser's own origin", "DELETE", { origin: "http://a.test:3000", host: "a.test:3000" }, true],
  ["an older browser's other origin", "DELETE", { origin: "http://b.test", host: "a.test" }, false],
  ["another port", "PUT", { origin: "http://a.test:3001", host: "a.test:3000" }, false],
  ["an opaque origin", "POST", { origin: "null", host: "a.test" }, false],
  ["behind a proxy", "POST", { origin: "https://a.test", host: "10.0.0.1:3000", "x-forwarded-host": "a.test" }, true],
  ["one that says nothing", "POST", { host: "a.test" }, false],
])("%s", (_, method, headers, expected) => {
  expect(mayChangeByCookie({ method, headers: new Headers(headers) })).toBe(expected);
});

test("where the address is set, the Host header has no say", () => {
  const headers = new Headers({ origin: "https://evil.test", host: "evil.test" });
  expect(mayChangeByCookie({ method: "POST", headers }, "https://steward.test")).toBe(false);
});
