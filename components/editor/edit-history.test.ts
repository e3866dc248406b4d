import { expect, test } from "vitest";
import { recordEdit, redo, startHistory, undo } from "./edit-history";

test("undo goes back one edit and redo takes it again", () => {
  const edited = recordEdit(recordEdit(startHistory("a"), "b", "name", 0), "c", "rule", 10);
  expect(undo(edited).present).toBe("b");
  expect(undo(undo(edited)).present).toBe("a");
  expect(redo(undo(edited)).present).toBe("c");
});

test("typing in one field is undone as one step, until a pause", () => {
  const typed = recordEdit(recordEdit(startHistory(""), "a", "name", 0), "ab", "name", 200);
  expect(undo(typed).present).toBe("");
  expect(undo(recordEdit(typed, "abc", "name", 5_000)).present).toBe("ab");
});

test("an edit after an undo forgets what was undone", () => {
  const branched = recordEdit(undo(recordEdit(startHistory("a"), "b", null, 0)), "c", null, 1);
  expect(redo(branched).present).toBe("c");
});

test("undo at the beginning and redo at the end change nothing", () => {
  const start = startHistory("a");
  expect(undo(start)).toBe(start);
  expect(redo(start)).toBe(start);
});
