import { describe, expect, test } from "vitest";
import { releasedLine } from "./released-line";

const lineOf = (...versionIds: string[]) =>
  releasedLine(versionIds.map((versionId) => ({ versionId }))).map((each) => each.versionId);

describe("the line that leads to what is served", () => {
  test("has each version once, whatever was done to its share", () => {
    expect(lineOf("v1", "v1", "v2", "v2")).toEqual(["v1", "v2"]);
  });

  test("goes back with a rollback, and on from there", () => {
    expect(lineOf("v1", "v2", "v1", "v3")).toEqual(["v1", "v3"]);
    expect(lineOf("v1", "v2", "v3", "v1", "v2")).toEqual(["v1", "v2"]);
  });
});
