import { describe, expect, test } from "vitest";
import { nestedChanges, type ReferredChange } from "./nested-changes";

const day = (n: number) => new Date(Date.UTC(2026, 0, n));
const actor = { id: "p", name: "P", email: "p@x.test", team: null };

function change(at: number, version: number, more: Partial<ReferredChange> = {}): ReferredChange {
  return { kind: "segment", key: "lapsed", name: "Lapsed", what: "release", version, actor, at: day(at), ...more };
}

function told(...changes: ReferredChange[]) {
  const releases = [
    { from: day(10), until: day(20), references: [{ kind: "segment", key: "lapsed", version: 4 } as const] },
    { from: day(20), until: null, references: [{ kind: "list", key: "press", version: 1 } as const] },
  ];
  return nestedChanges(releases, changes).map(({ key, version, standsOn, at }) => [
    key,
    version,
    standsOn,
    at.slice(8, 10),
  ]);
}

describe("what a segment refers to changes under it", () => {
  test("while it stands on an older version, and not before or after", () => {
    expect(told(change(9, 4), change(12, 5), change(15, 6), change(25, 7))).toEqual([
      ["lapsed", 6, 4, "15"],
      ["lapsed", 5, 4, "12"],
    ]);
  });

  test("a larger share of the same version is no change, its emptying is", () => {
    expect(told(change(12, 4), change(13, 4, { what: "kill" }))).toEqual([["lapsed", 4, 4, "13"]]);
  });

  test("a list changes by its uploads, and is told apart from a segment of the same key", () => {
    const upload = { kind: "list", what: "upload", key: "press" } as const;
    expect(told(change(25, 2, upload), change(26, 3, { key: "press" }))).toEqual([["press", 2, 1, "25"]]);
  });
});
