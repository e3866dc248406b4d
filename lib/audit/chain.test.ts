import { describe, expect, test } from "vitest";
import { type ChainedEntry, entryHash, genesisHash, linkFault } from "./chain";

const entry: ChainedEntry = {
  sequence: 1,
  at: "2026-01-02T03:04:05.000Z",
  actorId: "p1",
  actorName: "Ada",
  via: "session",
  action: "segment.created",
  subjectType: "segment",
  subjectId: "s1",
  subjectName: "Premium",
  before: null,
  after: { b: 1, a: [1, "é"] },
};

describe("the hash of an entry", () => {
  test("does not depend on the order of properties", () => {
    expect(entryHash(genesisHash, { ...entry, after: { a: [1, "é"], b: 1 } })).toBe(entryHash(genesisHash, entry));
  });

  test.each([
    ["sequence", { sequence: 2 }],
    ["at", { at: "2026-01-02T03:04:05.001Z" }],
    ["actorId", { actorId: null }],
    ["actorName", { actorName: "Bob" }],
    ["via", { via: "token:1" }],
    ["action", { action: "segment.killed" }],
    ["subjectType", { subjectType: "version" }],
    ["subjectId", { subjectId: "s2" }],
    ["subjectName", { subjectName: "" }],
    ["before", { before: {} }],
    ["after", { after: { b: 1, a: ["é", 1] } }],
  ])("covers %s", (_, change) => {
    expect(entryHash(genesisHash, { ...entry, ...change })).not.toBe(entryHash(genesisHash, entry));
  });

  test("covers the hash before it", () => {
    expect(entryHash("1".repeat(64), entry)).not.toBe(entryHash(genesisHash, entry));
  });
});

describe("a link", () => {
  const first = { ...entry, previousHash: genesisHash, hash: entryHash(genesisHash, entry) };
  const start = { sequence: 0, hash: genesisHash };

  test("holds for the entry that follows", () => expect(linkFault(start, first)).toBeNull());
  test("breaks at a gap", () => expect(linkFault({ sequence: 5, hash: genesisHash }, first)).toContain("6 is missing"));
  test("breaks at another hash before", () =>
    expect(linkFault({ sequence: 0, hash: "f".repeat(64) }, first)).toContain("the entry before"));
  test("breaks at changed content", () =>
    expect(linkFault(start, { ...first, actorName: "Eve" })).toContain("not what was hashed"));
});
