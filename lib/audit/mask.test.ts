import { expect, test } from "vitest";
import { maskForAudit } from "./mask";

test.each([
  ["nothing", undefined, null],
  ["a password's hash", { passwordHash: "$argon2id$…", name: "Ada" }, { passwordHash: "…", name: "Ada" }],
  ["a key's hash at depth", { keys: [{ hash: "ab", hint: "stw_1" }] }, { keys: [{ hash: "…", hint: "stw_1" }] }],
  [
    "a test's customer",
    { tests: [{ customer: { id: "7", attributes: { plan: "x" } } }] },
    { tests: [{ customer: "…" }] },
  ],
  [
    "customers listed by hand",
    { definition: { include: [{ customerId: "7" }] } },
    { definition: { include: { count: 1 } } },
  ],
  ["a NUL in text", { note: "a\0b" }, { note: "ab" }],
  ["a content hash, which is no secret", { contentHash: "ab" }, { contentHash: "ab" }],
  ["a date", { at: new Date(0) }, { at: "1970-01-01T00:00:00.000Z" }],
])("%s", (_, value, kept) => {
  expect(maskForAudit(value)).toEqual(kept);
});
