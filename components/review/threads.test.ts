import { expect, test } from "vitest";
import type { Comment } from "@/lib/versions/comment-contract";
import { openByPlace, threadsOf } from "./threads";

const person = { id: "p", name: "P", email: "p@x.test", team: null };

function comment(id: string, more: Partial<Comment> = {}): Comment {
  const nothing = { parentId: null, anchor: null, resolvedAt: null, resolvedBy: null };
  return { ...{ id, person, body: id, contentHash: "h", createdAt: "2026-06-01T00:00:00.000Z" }, ...nothing, ...more };
}

test("what answers stands under the comment that began the thread, in the order it was said", () => {
  const comments = [comment("a"), comment("b"), comment("a1", { parentId: "a" }), comment("a2", { parentId: "a" })];
  expect(threadsOf(comments).map(({ first, answers }) => [first.id, answers.map(({ id }) => id)])).toEqual([
    ["a", ["a1", "a2"]],
    ["b", []],
  ]);
});

test("a place shows its open threads, not the settled ones", () => {
  const at = (path: string) => ({ anchor: { path, text: "" } });
  const settled = { resolvedAt: "2026-06-01T00:00:00.000Z", resolvedBy: "P" };
  const comments = [comment("a", at("treatments")), comment("b", { ...at("treatments"), ...settled }), comment("c")];
  expect([...openByPlace(comments)]).toEqual([["treatments", 1]]);
});
