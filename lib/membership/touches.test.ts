import { expect, test } from "vitest";
import { areNone, byCause, joinTouches, noTouches, touchesOf } from "./touches";

test("who is touched for several causes is told the weightiest, whichever came first", () => {
  const data = touchesOf(["a", "b"], "data");
  const consent = touchesOf(["b", "c"], "consent");
  const expected = [
    { cause: "consent", customers: ["b", "c"] },
    { cause: "data", customers: ["a"] },
  ];
  expect(byCause(joinTouches(data, consent))).toEqual(expected);
  expect(byCause(joinTouches(consent, data))).toEqual(expected);
});

test("everybody stays touched beside some", () => {
  const all = joinTouches(touchesOf("all", "start"), touchesOf(["a"], "data"));
  expect(all.all).toBe("start");
  expect(joinTouches(all, touchesOf("all", "import")).all).toBe("import");
  expect(areNone(all)).toBe(false);
  expect(areNone(joinTouches(noTouches, touchesOf([], "data")))).toBe(true);
});
