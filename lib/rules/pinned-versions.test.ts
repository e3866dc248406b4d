import { expect, test } from "vitest";
import { changesInWords } from "./changes-in-words";
import type { Rule } from "./definition";
import { diffLines } from "./diff-lines";
import { sentence } from "./phrase";
import { pinnedReferencesOf, withPinnedVersions } from "./pinned-versions";
import { resolveReferences } from "./references";

const rule: Rule = {
  any: [
    { attribute: "plan", operator: "is_set" },
    { none: [{ segment: "payers", operator: "member" }] },
    { list: "press", operator: "listed" },
    { list: "payers", operator: "listed" },
  ],
};
const vocabulary = {
  attributes: new Map(),
  segments: new Map([["payers", { name: "Payers" }]]),
  lists: new Map([["press", { name: "Press" }]]),
};
const before = withPinnedVersions(rule, [
  { kind: "segment", key: "payers", version: 3 },
  { kind: "list", key: "press", version: 1 },
]);
const after = withPinnedVersions(rule, [
  { kind: "segment", key: "payers", version: 4 },
  { kind: "list", key: "press", version: 1 },
]);

test("a segment that is referred to in a newer version is a change, in words and line by line", () => {
  expect(changesInWords(before, after, vocabulary).map(sentence)).toEqual(["Segment member of Payers v4, before v3."]);
  const changed = diffLines(before, after, vocabulary).filter(({ change }) => change !== "same");
  expect(changed.map(({ left, right }) => [sentence(left?.parts ?? []), sentence(right?.parts ?? [])])).toEqual([
    ["Segment member of Payers v3", "Segment member of Payers v4"],
  ]);
});

test("a reference whose version is not known stands without one", () => {
  expect(withPinnedVersions(rule, [])).toEqual(rule);
  expect(diffLines(before, before, vocabulary).map(({ left }) => sentence(left?.parts ?? []))).toEqual([
    "Any of",
    "plan is set",
    "None of",
    "Segment member of Payers v3",
    "List listed in Press v1",
    "List listed in payers",
  ]);
});

test("a rule pins what it refers to itself, and not what that refers to in turn", () => {
  const lists = new Map([["press", { name: "Press", content: { version: 2, entries: [] } }]]);
  const payers = resolveReferences({ list: "press", operator: "listed" }, { lists });
  const segments = new Map([["payers", { name: "Payers", released: { version: 5, rule: payers } }]]);
  const newer = new Map([["press", { name: "Press", content: { version: 3, entries: [] } }]]);
  expect(pinnedReferencesOf(resolveReferences(rule, { segments, lists: newer }))).toEqual([
    { kind: "segment", key: "payers", version: 5 },
    { kind: "list", key: "press", version: 3 },
  ]);
});
