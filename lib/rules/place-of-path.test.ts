import { expect, test } from "vitest";
import { placeOfPath } from "./place-of-path";

test.each([
  ["definition.rule", []],
  ["definition.rule.all", []],
  ["definition.rule.all[2]", [2]],
  ["definition.rule.all[2].any[0].value", [2, 0]],
  ["definition.rule.none[10].value[3]", [10]],
  ["definition.include[2]", undefined],
  ["purposes[0]", undefined],
  ["", undefined],
])("%s stands at %j", (path, place) => {
  expect(placeOfPath(path)).toEqual(place);
});
