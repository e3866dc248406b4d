import { describe, expect, test } from "vitest";
import { contentHash } from "./content-hash";
import { segmentDocumentSchema } from "./document";
import { changesOf, type GovernedChange, withChange } from "./governed-change";

const document = segmentDocumentSchema.parse({
  ...{ key: "loyal", name: "Loyal", treatments: { offer: "ten" } },
  definition: { rule: { attribute: "plan", operator: "is_set" } },
});
const notice = "Use loyal-2.";

describe("a change from a segment's page", () => {
  test.each<[GovernedChange, object]>([
    [{ kind: "rename", name: "Loyaler" }, { name: "Loyaler" }],
    [
      { kind: "reown", owner: { team: "growth", person: "a@example.com" } },
      { owner: { team: "growth", person: "a@example.com" } },
    ],
    [{ kind: "archive", notice }, { standing: { state: "archived", notice } }],
    [
      { kind: "deprecate", notice, removalAt: "2027-01-01T00:00:00Z", replacement: "loyal-2" },
      { standing: { state: "deprecated", notice, removalAt: "2027-01-01T00:00:00Z", replacement: "loyal-2" } },
    ],
  ])("$kind changes that and nothing else", (change, expected) => {
    expect(withChange(document, change)).toEqual({ ...document, ...expected });
  });

  test("restore gives back the content from before, to the hash", () => {
    const gone = withChange(document, { kind: "archive", notice });
    expect(contentHash(withChange(gone, { kind: "restore" }))).toBe(contentHash(document));
  });

  test("archive takes over from deprecate without its date, which is over then", () => {
    const going = withChange(document, { kind: "deprecate", notice, removalAt: "2027-01-01T00:00:00Z" });
    expect(withChange(going, { kind: "archive", notice }).standing).toEqual({ state: "archived", notice });
  });

  test("an archived segment can only come back", () => {
    const gone = withChange(document, { kind: "archive", notice });
    expect(changesOf(gone)).toEqual(["restore"]);
    expect(changesOf(document)).not.toContain("restore");
  });
});
