import { expect, test } from "vitest";
import { membershipSpans, nearestMoves } from "./membership-spans";

const at = (hour: number) => new Date(hour * 3_600_000).toISOString();
const move = (segment: string, change: "entered" | "left", hour: number) => ({
  ...{ segment, name: segment.toUpperCase(), change, revision: hour, at: at(hour), because: "" },
});
const history = [move("a", "entered", 9), move("b", "left", 8), move("a", "left", 5), move("a", "entered", 2)];
const hours = (instant: number | null) => instant && instant / 3_600_000;

test("a line of entries and exits is the times between them, open where it does not reach", () => {
  const spans = membershipSpans(history).map((each) => [
    each.name,
    each.spans.map(({ from, to }) => [hours(from), hours(to)]),
  ]);
  expect(spans).toEqual([
    [
      "A",
      [
        [9, null],
        [2, 5],
      ],
    ],
    ["B", [[null, 8]]],
  ]);
  expect(membershipSpans([])).toEqual([]);
});

test("the moves before and after an instant are the nearest ones, and not the one at it", () => {
  const near = (hour: number) => {
    const { before, after } = nearestMoves(history, hour * 3_600_000);
    return [hours(before), hours(after)];
  };
  expect([near(5), near(1), near(10)]).toEqual([
    [2, 8],
    [null, 2],
    [9, null],
  ]);
});
