import { expect, test } from "vitest";
import type { Release } from "./contract";
import { earlierReleases } from "./earlier-releases";

function served(number: number, more: Partial<Release> = {}): Release {
  return {
    environment: "production",
    kind: "release",
    endedAt: "2026-01-01T00:00:00Z",
    version: { number },
    ...more,
  } as Release;
}
const numbers = (releases: readonly Release[]) =>
  earlierReleases(releases, "production").map((each) => each.version.number);

test("what is served now is not among what one can go back to", () => {
  expect(numbers([served(3, { endedAt: null }), served(2), served(3), served(1)])).toEqual([2, 1]);
});

test("after a kill the killed version can come back", () => {
  expect(numbers([served(3, { kind: "kill", endedAt: null }), served(3), served(2)])).toEqual([3, 2]);
});

test("other environments do not count", () => {
  expect(numbers([served(3, { endedAt: null }), served(2, { environment: "staging" })])).toEqual([]);
});

test.each([
  [null, []],
  ["not_justified", []],
  ["justified", [2]],
] as const)("what nobody approved can come back only once it was found justified: %s", (outcome, expected) => {
  const broken = served(2, { kind: "break_glass", breakGlass: { outcome } as Release["breakGlass"] });
  expect(numbers([served(3, { endedAt: null }), broken])).toEqual(expected);
});
