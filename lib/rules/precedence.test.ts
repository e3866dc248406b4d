import { expect, test } from "vitest";
import { effectiveTreatments, type TreatmentClaim } from "./precedence";

type Claim = TreatmentClaim<string | number | boolean>;

function claim(key: string, precedence: number, treatments: Claim["treatments"]): Claim {
  return { key, name: key.toUpperCase(), version: 1, precedence, treatments };
}

test.each<[string, Claim[], [string, unknown, string, string[]][]]>([
  ["nobody speaks", [], []],
  ["one speaks", [claim("a", 0, { pool: "x" })], [["pool", "x", "a", []]]],
  [
    "higher precedence wins, whatever the order",
    [claim("a", 1, { pool: "low" }), claim("b", 5, { pool: "high" })],
    [["pool", "high", "b", ["a"]]],
  ],
  [
    "the smaller key breaks a tie",
    [claim("b", 3, { pool: "b" }), claim("a", 3, { pool: "a" }), claim("c", 3, { pool: "c" })],
    [["pool", "a", "a", ["b", "c"]]],
  ],
  [
    "each treatment is decided by itself, in the order of names",
    [claim("a", 9, { rate: 10 }), claim("b", 1, { rate: 5, pool: "b" })],
    [
      ["pool", "b", "b", []],
      ["rate", 10, "a", ["b"]],
    ],
  ],
  ["negative precedence loses", [claim("a", -1, { f: true }), claim("b", 0, { f: false })], [["f", false, "b", ["a"]]]],
  ["a value that is false or 0 counts", [claim("a", 2, { f: 0 }), claim("b", 1, { f: 9 })], [["f", 0, "a", ["b"]]]],
])("%s", (_, claims, expected) => {
  const told = effectiveTreatments(claims).map(({ name, value, from, over }) => [
    name,
    value,
    from.key,
    over.map(({ key }) => key),
  ]);
  expect(told).toEqual(expected);
});
