import { expect, test } from "vitest";
import type { AuditEntryItem } from "./contract";
import { entryHead, entryLine } from "./entry-line";

const entry: AuditEntryItem = {
  sequence: 7,
  at: "2026-01-02T03:04:05.000Z",
  actor: { id: "p1", name: "Ada" },
  via: "session",
  action: "segment.created",
  subject: { type: "segment", id: "premium", name: "Premium" },
  before: null,
  after: { b: 'say "yes"' },
  previousHash: "00",
  hash: "ab",
};
const cells = (line: string) => line.trimEnd().split(",");

test("JSON by line holds the entry as the list gives it", () => {
  expect(entryHead("ndjson")).toBe("");
  expect(JSON.parse(entryLine("ndjson", entry))).toEqual(entry);
});

test("CSV has a cell for each column, and JSON in quotation marks", () => {
  expect(cells(entryHead("csv"))).toHaveLength(13);
  expect(entryLine("csv", entry)).toBe(
    `7,2026-01-02T03:04:05.000Z,p1,Ada,session,segment.created,segment,premium,Premium,,"{""b"":""say \\""yes\\""""}",00,ab\n`,
  );
});

test.each(["=1+1", "+1", "-1", "@sum", "\tx", "\rx"])("a cell that begins as a formula does is text: %j", (name) => {
  const line = entryLine("csv", { ...entry, actor: { id: null, name } });
  expect(line).toContain(`'${name}`);
});
