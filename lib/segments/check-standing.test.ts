import { expect, test } from "vitest";
import { checkStanding } from "./check-standing";
import type { DocumentStanding } from "./document";

const live = new Map([
  ["old", { name: "Old", refersTo: [] }],
  ["new", { name: "New", refersTo: [] }],
  ["referring", { name: "Referring", refersTo: ["needed", "new"] }],
  ["also-referring", { name: "Also referring", refersTo: ["needed"] }],
]);
const asOf = Date.parse("2026-06-01T00:00:00Z");

type Change = Partial<DocumentStanding> & { readonly key?: string; readonly expiresAt?: string };

function findings({ key = "old", expiresAt, ...change }: Change, vocabulary: { live?: typeof live } = { live }) {
  const lifecycle = { reviewEveryDays: 30, ...(expiresAt && { expiresAt }) };
  return checkStanding(
    { key, lifecycle, standing: { state: "deprecated", notice: "Gone", ...change } },
    vocabulary,
    asOf,
  );
}

type Row = [title: string, change: Change, code: string, severity: string, path: string];

const rows: Row[] = [
  [
    "archived while others refer to it",
    { key: "needed", state: "archived" },
    "still-referred-to",
    "blocking",
    "standing.state",
  ],
  ["replaced by itself", { replacement: "old" }, "replaces-itself", "blocking", "standing.replacement"],
  [
    "replaced by what is not live",
    { state: "archived", replacement: "newer" },
    "unknown-replacement",
    "blocking",
    "standing.replacement",
  ],
  [
    "meant to be gone already",
    { removalAt: "2026-06-01T00:00:00Z" },
    "removal-passed",
    "warning",
    "standing.removalAt",
  ],
  [
    "expiring before it is meant to go",
    { removalAt: "2026-09-01T00:00:00Z", expiresAt: "2026-08-01T00:00:00Z" },
    "expires-before-removal",
    "warning",
    "standing.removalAt",
  ],
];

test.each(rows)("%s", (_title, change, code, severity, path) => {
  expect(findings(change)).toEqual([
    { code, severity, path, message: expect.stringMatching(/\.$/), resolution: expect.stringMatching(/\w/) },
  ]);
});

test("everybody who refers to an archived segment is named", () => {
  const [finding] = findings({ key: "needed", state: "archived" });
  expect(finding?.message).toContain("Referring (referring), Also referring (also-referring)");
});

const fine: [title: string, change: Change][] = [
  ["deprecated while others refer to it", { key: "needed" }],
  ["deprecated until a later day, with a replacement", { removalAt: "2026-09-01T00:00:00Z", replacement: "new" }],
  ["archived after the day on which it was meant to go", { state: "archived", removalAt: "2026-05-01T00:00:00Z" }],
];

test.each(fine)("%s is fine", (_title, change) => {
  expect(findings(change)).toEqual([]);
});

test("where nobody knows what is live, nothing is said of it", () => {
  expect(findings({ key: "needed", state: "archived", replacement: "newer" }, {})).toEqual([]);
});
