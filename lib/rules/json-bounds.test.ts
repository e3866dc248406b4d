import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Finding } from "../findings";
import { type JsonBounds, lookThroughJson, usualBounds } from "./json-bounds";

function checkJsonText(text: string, bounds: JsonBounds): Finding | undefined {
  return lookThroughJson(bounds).see(text);
}

const tight: JsonBounds = { bytes: 1_000, depth: 3, items: 3, fields: 2, nodes: 6, nameLength: 8 };

describe("a text is refused unparsed, with the place, when", () => {
  test.each([
    ["it nests too deep", '{"a":[1,[[2]]]}', "too-deep", "a[1][0]"],
    ["a list is too long", '{"a":[1,2,3,4]}', "too-many-items", "a"],
    ["a list in a list is too long", "[[0],[1,2,3,4]]", "too-many-items", "[1]"],
    ["an object has too many fields", '[{"a":1},{"a":1,"b":2,"c":3}]', "too-many-fields", "[1]"],
    ["it holds too much in all", "[[1,1],[1,1],[1,1]]", undefined, undefined],
    ["it holds more than that", '[{"a":1,"b":1},{"a":1,"b":1},{"a":1}]', "too-large", "[2].a"],
    ["a name is too long", '{"b":{"abcdefghi":1}}', "too-long", "b"],
    ["a field stands twice", '{"b":[0,{"a":1,"a":2}]}', "duplicate-field", "b[1].a"],
    ["a field stands twice, spelled in two ways", '{"a":1,"\\u0061":2}', "duplicate-field", "a"],
    ["a value is none that JSON has", '{"a":[1,NaN]}', "not-json", "a[1]"],
    ["a number begins with a sign and a word", "[-Infinity]", "not-json", "[0]"],
  ])("%s", (_title, text, code, path) => {
    const finding = checkJsonText(text, tight);
    expect(finding && [finding.code, finding.path]).toEqual(code && [code, path]);
    if (finding) expect(finding.resolution).not.toBe("");
  });

  test("and within a document, the place is one in the document", () => {
    expect(checkJsonText('{"document":{"a":[1,2,3,4]}}', tight)?.path).toBe("a");
  });
});

test("what looks like structure within a text is none", () => {
  const text = JSON.stringify(['[[[["{{{{,,,,', 'a\\"', "\\", '"', "\\\\\\"]);
  expect(checkJsonText(text, { ...usualBounds, depth: 1, items: 5 })).toBeUndefined();
});

test("no value of which JSON writes the text is refused within the bounds", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 2), (value, space) => {
      expect(checkJsonText(JSON.stringify(value, null, space), usualBounds)).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

test("whatever the text, looking through it answers instead of throwing", () => {
  const anyNoise = fc.string({ unit: fc.constantFrom(...'[]{}",:\\ 0an-u'), maxLength: 60 });
  fc.assert(
    fc.property(anyNoise, (text) => void checkJsonText(text, tight)),
    { numRuns: 2_000 },
  );
});

test("fifty thousand brackets, quotes or backslashes are looked through once", () => {
  for (const piece of ["[", "{", '"', "\\", ",", '"\\', '{"a":', "]"]) {
    checkJsonText(piece.repeat(50_000), { ...usualBounds, depth: 1_000_000, items: 1_000_000, nodes: 2_000_000 });
  }
});

test("a text in pieces is answered as the whole of it is", () => {
  const anyText = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)),
    fc.string({ unit: fc.constantFrom(...'[]{}",:\\ 0an-u'), maxLength: 60 }),
  );
  fc.assert(
    fc.property(anyText, fc.array(fc.nat(60), { maxLength: 6 }), (text, cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
      const look = lookThroughJson(tight);
      let found: Finding | undefined;
      for (const [index, place] of places.slice(1).entries()) found ??= look.see(text.slice(places[index], place));
      const whole = checkJsonText(text, tight);
      expect(found && [found.code, found.path]).toEqual(whole && [whole.code, whole.path]);
    }),
    { numRuns: 5_000 },
  );
});
