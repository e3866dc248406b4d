import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type RawLine, splitBody } from "./split-body";

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Line and text, or line and fault; the body comes in chunks of `size` bytes. */
function split(body: string, { longest = 1_000, size = 7 } = {}): (string | number)[][] {
  const splitter = splitBody(longest);
  const all = bytesOf(body);
  const lines: RawLine[] = [];
  for (let at = 0; at < all.length; at += size) lines.push(...splitter.push(all.subarray(at, at + size)));
  lines.push(...splitter.end());
  return lines.map((each) => [each.line, "fault" in each ? each.fault : new TextDecoder().decode(each.bytes).trim()]);
}

test("lines are counted from 1, blank ones with them", () => {
  expect(split('\n{"a":1}\r\n\n  \n{"b":2}')).toEqual([
    [2, '{"a":1}'],
    [5, '{"b":2}'],
  ]);
  expect(split('\ufeff{"a":1}\n', { size: 1 })).toEqual([[1, '{"a":1}']]);
  expect(split(" \n ")).toEqual([]);
});

test("elements of an array are counted from 1, whatever is within them", () => {
  expect(split(' [ {"a":"],}\\""} ,\n[1,2], "x" ] \n')).toEqual([
    [1, '{"a":"],}\\""}'],
    [2, "[1,2]"],
    [3, '"x"'],
  ]);
  expect(split("[]")).toEqual([]);
});

describe("an array", () => {
  test.each([
    [
      "that ends too early",
      '[{"a":1},{"b"',
      [
        [1, '{"a":1}'],
        [2, "not-an-array"],
      ],
    ],
    [
      "that something follows",
      '[{"a":1}] {"b":2}',
      [
        [1, '{"a":1}'],
        [2, "not-an-array"],
      ],
    ],
  ])("%s costs nothing of what stands before", (_title, body, expected) => {
    expect(split(body)).toEqual(expected);
  });
});

test("what is too long is told and not kept, and the next is read", () => {
  const long = "x".repeat(50);
  expect(split(`1\n${long}\n2`, { longest: 20 })).toEqual([
    [1, "1"],
    [2, "too-long"],
    [3, "2"],
  ]);
  expect(split(`[1,"${long}",2]`, { longest: 20 })).toEqual([
    [1, "1"],
    [2, "too-long"],
    [3, "2"],
  ]);
});

test("values come back one by one however the body is cut, as lines and as an array", () => {
  const values = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 8 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 40 }), (all, size) => {
      const objects = all.map((value) => JSON.stringify({ value }));
      const expected = objects.map((text, index) => [index + 1, text]);
      expect(split(objects.join("\n"), { longest: 100_000, size })).toEqual(expected);
      expect(split(`[${objects.join(", ")}]`, { longest: 100_000, size })).toEqual(expected);
    }),
  );
});
