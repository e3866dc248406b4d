import { expect, test } from "vitest";
import { segmentDocumentSchema } from "./document";
import { changedParts, mergeSides } from "./two-sides";

const mine = segmentDocumentSchema.parse({
  key: "one",
  name: "Mine",
  definition: { rule: { attribute: "plan", operator: "is_set" } },
  exclusiveGroup: "offers",
});
const { exclusiveGroup: _group, ...rest } = mine;
const theirs = { ...rest, name: "Theirs", tags: ["new"] };

test("only the parts that differ are asked about", () => {
  expect(changedParts(mine, theirs)).toEqual([
    { part: "name", name: "Name", mine: "Mine", theirs: "Theirs" },
    { part: "tags", name: "Tags", mine: "[]", theirs: '["new"]' },
    { part: "exclusiveGroup", name: "Exclusive group", mine: "offers", theirs: "none" },
  ]);
  expect(changedParts(mine, structuredClone(mine))).toEqual([]);
});

test("the order in which a part's fields were written makes no difference", () => {
  const { rule, ...lists } = mine.definition;
  expect(changedParts(mine, { ...mine, definition: { ...lists, rule } })).toEqual([]);
});

test("what was not chosen from the other side stays mine", () => {
  const merged = mergeSides(mine, theirs, { tags: "theirs", exclusiveGroup: "theirs" });
  expect(merged).toMatchObject({ name: "Mine", tags: ["new"] });
  expect(merged).not.toHaveProperty("exclusiveGroup");
});
