import { describe, expect, test } from "vitest";
import { matchesEtag, preferredEncoding } from "./negotiation";

describe("the encoding", () => {
  test.each([
    [undefined, "identity"],
    ["", "identity"],
    ["gzip", "gzip"],
    ["gzip, deflate, br, zstd", "br"],
    ["GZIP;Q=0.5, BR;Q=0.1", "gzip"],
    ["br;q=0, gzip;q=0", "identity"],
    ["*", "br"],
    ["*;q=0, gzip", "gzip"],
    ["identity;q=1, gzip;q=0.2", "identity"],
    ["gzip;q=nonsense", "identity"],
    ["deflate", "identity"],
  ])("of %j is %s", (header, expected) => expect(preferredEncoding(header)).toBe(expected));
});

describe("If-None-Match", () => {
  test.each([
    [undefined, false],
    ['W/"a"', true],
    ['"a"', true],
    ['"b", W/"a"', true],
    ['W/"b"', false],
    ["*", true],
    ["a", false],
  ])('%j against W/"a" is %s', (header, expected) => expect(matchesEtag(header, 'W/"a"')).toBe(expected));
});
