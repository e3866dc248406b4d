import { expect, test } from "vitest";
import type { Finding } from "../findings";
import { afterWaivers, isWaivableCode, type Waiver } from "./waiver";

const until = Date.parse("2026-07-01T00:00:00Z");
const waiver: Waiver = {
  ...{ segment: "s", findingCode: "label-refused:house", path: "definition.rule.all[0]" },
  ...{ reason: "Agreed with counsel.", until, grantedBy: "Sofia" },
};
const refused: Finding = {
  ...{ code: "label-refused:house", severity: "blocking", path: "definition.rule.all[0]" },
  ...{ message: "No.", resolution: "Leave it out." },
};
const severityOf = (finding: Finding, given: Waiver = waiver, now = until - 1) =>
  afterWaivers([finding], [given], { segment: "s", now })[0]?.severity;

test("a waived finding is a note that says who answers for it, until when and why", () => {
  expect(afterWaivers([refused], [waiver], { segment: "s", now: until - 1 })).toEqual([
    { ...refused, severity: "note", message: "No. Waived by Sofia until 2026-07-01: Agreed with counsel." },
  ]);
});

test("it blocks again from the instant at which the waiver ends", () => {
  expect(severityOf(refused, waiver, until)).toBe("blocking");
});

test.each([
  ["another segment's", { segment: "t" }],
  ["another policy's", { findingCode: "label-refused:other" }],
  ["another place's", { path: "definition.rule.all[1]" }],
])("%s waiver does not count", (_title, more) => {
  expect(severityOf(refused, { ...waiver, ...more })).toBe("blocking");
});

test.each([
  "no-region",
  "no-purpose",
  "unknown-purpose",
  "test-failed",
  "format-cannot-say",
  "expired",
  "label-warned:x",
])("%s is never waived, whoever says so", (code) => {
  expect(isWaivableCode(code)).toBe(false);
  expect(severityOf({ ...refused, code }, { ...waiver, findingCode: code })).toBe("blocking");
});
