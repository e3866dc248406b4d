import { expect, test } from "vitest";
import { lineOfPath } from "./line-of-path";

const text = `
{
  "all": [
    { "attribute": "a \\"[,", "operator": "in",
      "value": ["x", "y}"] },
    {
      "any": [
        { "attribute": "b", "operator": "equals", "value": 1 },
        { "attribute": "c",
          "operator": "between", "value": [1, 2] }
      ]
    }
  ]
}`;

test.each([
  ["", 2],
  ["all", 3],
  ["all[0]", 4],
  ["all[0].value", 5],
  ["all[0].value[1]", 5],
  ["all[1]", 6],
  ["all[1].any[0].value", 8],
  ["all[1].any[1]", 9],
  ["all[1].any[1].operator", 10],
])("the value at %j begins on its line", (path, line) => expect(lineOfPath(text, path)).toBe(line));

test.each([
  ["all[1].any[7].value", 7],
  ["all[0].unit", 4],
  ["none[0]", 2],
])("where %j is not there, the line of what should hold it is told", (path, line) => {
  expect(lineOfPath(text, path)).toBe(line);
});
