import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createList } from "../../lists/server/create-list";
import { uploadList } from "../../lists/server/upload-list";
import type { Rule } from "../../rules/definition";
import { createGovernance, documentOf, type Governance, refusal, submitted, testNow } from "../../testing/governance";
import { approvedRule, releasedRule } from "../../testing/referring";
import { saveDraft } from "../../versions/server/save-draft";
import { submitVersion } from "../../versions/server/submit-version";
import { compareVersions } from "./compare-versions";
import { releaseVersion } from "./release-version";
import { rollBack } from "./roll-back";
import { segmentBlame } from "./segment-blame";
import { segmentOverview } from "./segment-overview";
import { versionLine } from "./version-line";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

const premium: Rule = { attribute: "plan", operator: "equals", value: "premium" };
const spend = (value: number): Rule => ({ attribute: "spend", operator: "at_least", value });

function stage(id: string) {
  return releaseVersion(world.as("operator"), { id, environment: "staging" });
}

describe("the line of versions", () => {
  test("says who wrote and approved each, and where it was released", async () => {
    await releasedRule(world, "lined", { all: [premium] });
    await approvedRule(world, "lined", { all: [premium, spend(10)] });
    const { items } = await versionLine(world.as("viewer"), "lined");
    expect(items).toMatchObject([
      { number: 2, state: "approved", base: { number: 1 }, releases: [] },
      { number: 1, state: "released", base: null, releases: [{ environment: "production", kind: "release" }] },
    ]);
    for (const { approvals, contributors } of items) {
      expect(approvals.map(({ person }) => person.name)).toEqual(["reviewer"]);
      expect(contributors.map(({ name }) => name)).toEqual(["author"]);
    }
  });
});

describe("blame", () => {
  test("names for each condition the version that made it what it is, and who approved that", async () => {
    await releasedRule(world, "blamed", { all: [premium, spend(10)] });
    await releasedRule(world, "blamed", { all: [premium, spend(20)] });
    const blame = await segmentBlame(world.as("viewer"), "blamed");
    expect(blame).toMatchObject({
      version: 2,
      nodes: [
        { path: "", since: 2 },
        { path: "all[0]", since: 1 },
        { path: "all[1]", since: 2 },
      ],
    });
    expect(blame.fields.find(({ field }) => field === "treatments")).toEqual({ field: "treatments", since: 1 });
    expect(blame.versions.map(({ number, approvals }) => [number, approvals[0]?.person.name])).toEqual([
      [2, "reviewer"],
      [1, "reviewer"],
    ]);
  });

  test("a rollback takes back what the later version is blamed for", async () => {
    await releasedRule(world, "back", { all: [premium] });
    await releasedRule(world, "back", { all: [premium, spend(1)] });
    await rollBack(world.as("operator"), { key: "back", environment: "production", toVersion: 1, reason: "wrong" });
    expect(await segmentBlame(world.as("viewer"), "back")).toMatchObject({
      version: 1,
      nodes: [
        { path: "", since: 1 },
        { path: "all[0]", since: 1 },
      ],
    });
  });

  test("nothing is blamed before a release", async () => {
    await submitted(world, "unreleased");
    expect(await segmentBlame(world.as("viewer"), "unreleased")).toEqual({
      version: null,
      nodes: [],
      fields: [],
      versions: [],
    });
  });
});

describe("a comparison", () => {
  test("of two versions has both documents, and what was served of each", async () => {
    await releasedRule(world, "compared", { all: [premium] });
    await releasedRule(world, "compared", { all: [premium, spend(10)] });
    const { from, to } = await compareVersions(world.as("viewer"), { key: "compared", from: "v1", to: "v2" });
    expect(from).toMatchObject({
      version: { number: 1 },
      document: { definition: { rule: { all: [premium] } } },
      editedSince: false,
    });
    expect(to.release).toMatchObject({ environment: "production", version: { number: 2 } });
    expect(to.version.approvals.map(({ person }) => person.name)).toEqual(["reviewer"]);
  });

  test("of two revisions has what the environment served then, also of a version that was edited afterwards", async () => {
    const version = await submitted(world, "staged", "author", { definition: { rule: premium } });
    const first = await stage(version.id);
    const document = documentOf("staged", { definition: { rule: spend(5) }, treatments: { offer: "ten" } });
    await saveDraft(world.as("author"), { key: "staged", document, basedOn: version.draftRevision });
    await submitVersion(world.as("author"), { id: version.id });
    const second = await stage(version.id);
    const refs = { from: `staging:r${first.revision}`, to: `staging:r${second.revision}` };
    const { from, to } = await compareVersions(world.as("viewer"), { key: "staged", ...refs });
    expect(from).toMatchObject({
      editedSince: true,
      document: { definition: { rule: premium }, treatments: { support_queue: "priority" } },
    });
    expect(to).toMatchObject({ editedSince: false, document: { definition: { rule: spend(5) } } });
  });

  test("of what there is not is not found", async () => {
    await releasedRule(world, "lonely", premium);
    const compare = (from: string) => refusal(compareVersions(world.as("viewer"), { key: "lonely", from, to: "v1" }));
    expect(await compare("v7")).toBe("not-found not-found");
    expect(await compare("staging:r99")).toBe("not-found not-found");
  });
});

describe("what a segment refers to", () => {
  test("is in its history when it changes while the segment stands on it as it was", async () => {
    const later = (minutes: number) => new Date(testNow.getTime() + minutes * 60_000);
    await createList(world.as("author"), { key: "press", name: "Press", description: "" });
    await releasedRule(world, "ground", premium);
    const rule: Rule = {
      any: [
        { segment: "ground", operator: "member" },
        { list: "press", operator: "listed" },
      ],
    };
    await uploadList(world.as("author"), { key: "press", mode: "replace", basedOn: 0, entries: ["c0001"] });
    await releasedRule(world, "house", rule);
    const id = await approvedRule(world, "ground", spend(10));
    await releaseVersion(world.as("operator", later(1)), { id, environment: "production" });
    await uploadList(world.as("author", later(2)), { key: "press", mode: "replace", basedOn: 1, entries: ["c0002"] });
    const { nested } = await segmentOverview(world.as("viewer"), "house");
    expect(nested).toMatchObject([
      { kind: "list", key: "press", name: "Press", what: "upload", version: 2, standsOn: 1, actor: { name: "author" } },
      { kind: "segment", key: "ground", what: "release", version: 2, standsOn: 1, actor: { name: "operator" } },
    ]);
    expect((await segmentOverview(world.as("viewer"), "ground")).nested).toEqual([]);
  });
});
