import { expect, test } from "vitest";
import type { Version } from "./contract";
import { draftToChange } from "./draft-to-change";

const person = (id: string) => ({ id, name: id, email: `${id}@x.test`, team: null });

function open(change: Partial<Version>): Version {
  return {
    ...{ id: "v", number: 8, state: "draft", reviewCycle: 1, contentHash: "h", note: "", segmentKey: "s" },
    ...{ createdAt: "", updatedAt: "", submittedAt: null, draftRevision: 1, base: null },
    ...{ author: person("maren"), contributors: [person("maren"), person("tobias")] },
    document: {
      ...{ key: "s", name: "S", description: "", documentation: "", tags: [], criticality: "operational" },
      ...{ purposes: [], regions: [], precedence: 0, treatments: {}, lifecycle: { reviewEveryDays: 180 }, tests: [] },
      definition: { rule: { all: [] }, include: [], exclude: [] },
    },
    ...change,
  };
}

test("without an open version a change opens a draft", () => {
  expect(draftToChange(undefined, "maren")).toEqual({ kind: "new" });
});

test.each(["maren", "tobias"])("%s, who wrote in the open draft, changes that", (id) => {
  expect(draftToChange(open({}), id)).toMatchObject({ kind: "open" });
  expect(draftToChange(open({ state: "changes_requested" }), id)).toMatchObject({ kind: "open" });
});

test("nobody changes the draft of others in passing", () => {
  expect(draftToChange(open({}), "ines")).toMatchObject({ kind: "none", why: expect.stringContaining("maren") });
});

test.each(["in_review", "approved"] as const)("what is %s is not edited in passing, by its author either", (state) => {
  expect(draftToChange(open({ state }), "maren")).toMatchObject({ kind: "none" });
});
