import { expect, test } from "vitest";
import { segmentDocumentSchema } from "@/lib/segments/document";
import { changeKinds, withChange } from "@/lib/segments/governed-change";
import { begunChange, isReady } from "./begun-change";

const document = segmentDocumentSchema.parse({
  ...{ key: "loyal", name: "Loyal", owner: { team: "growth", person: "a@example.com" } },
  definition: { rule: { attribute: "plan", operator: "is_set" } },
});
const deprecated = withChange(document, {
  kind: "deprecate",
  notice: "Use loyal-2.",
  removalAt: "2027-01-01T00:00:00Z",
});

test("a change can be made once it says something new", () => {
  for (const kind of changeKinds) expect(isReady(begunChange(kind, document), document)).toBe(false);
  expect(isReady({ kind: "rename", name: "Loyaler" }, document)).toBe(true);
  expect(isReady({ kind: "archive", notice: "Nobody pulls it." }, document)).toBe(true);
  expect(isReady({ kind: "reown", owner: { team: "", person: "" } }, document)).toBe(false);
});

test("the notice of a deprecated segment is there to be changed, to archive it with, or to take back", () => {
  expect(begunChange("deprecate", deprecated)).toMatchObject({ removalAt: "2027-01-01T00:00:00Z" });
  expect(isReady(begunChange("deprecate", deprecated), deprecated)).toBe(false);
  expect(begunChange("archive", deprecated)).toEqual({ kind: "archive", notice: "Use loyal-2." });
  expect(isReady(begunChange("archive", deprecated), deprecated)).toBe(true);
  expect(isReady(begunChange("restore", deprecated), deprecated)).toBe(true);
});
