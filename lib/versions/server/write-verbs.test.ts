import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGovernance, documentOf, type Governance, refusal, released, submitted } from "../../testing/governance";
import { versionEvents, versionStates } from "../state";
import { createSegment } from "./create-segment";
import { openDraft } from "./open-draft";
import { recordVerdict } from "./record-verdict";
import { saveDraft } from "./save-draft";
import { submitVersion } from "./submit-version";
import { requireVersion } from "./version-row";
import { withdrawVersion } from "./withdraw-version";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

async function create(key: string, change: Record<string, unknown> = {}) {
  const { version } = await createSegment(world.as("author"), { document: documentOf(key, change) });
  return version;
}

describe("creating a segment", () => {
  test("begins its first draft, with the creator as author and contributor", async () => {
    const version = await create("first");
    expect(version).toMatchObject({ number: 1, state: "draft", base: null, draftRevision: 1, reviewCycle: 1 });
    expect(version.contributors.map(({ name }) => name)).toEqual(["author"]);
  });

  test.each([
    ["a key that is taken", {}, "conflict key-taken"],
    ["an unknown field", { colour: "red" }, "invalid not-a-document"],
    ["a reserved key", { key: "constructor" }, "invalid not-a-document"],
    ["text that cannot be stored", { description: "\0" }, "invalid not-a-document"],
  ])("%s changes nothing", async (_title, change, expected) => {
    const before = await world.database.db.segment.count();
    const document = { ...documentOf("first"), ...change };
    expect(await refusal(createSegment(world.as("author"), { document }))).toBe(expected);
    expect(await world.database.db.segment.count()).toBe(before);
  });

  test("needs a role that writes", async () => {
    const create = createSegment(world.as("viewer"), { document: documentOf("viewed") });
    expect(await refusal(create)).toBe("forbidden missing-permission");
  });
});

describe("saving a draft", () => {
  test("takes what is unfinished and says what is wrong with it", async () => {
    const { draftRevision } = await create("unfinished");
    const rule = { all: [{ attribute: "plann", operator: "equals" }] };
    const document = documentOf("unfinished", { owner: undefined, definition: { rule } });
    const saved = await saveDraft(world.as("author"), { key: "unfinished", document, basedOn: draftRevision });
    expect(saved.version.draftRevision).toBe(2);
    expect(saved.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(["no-owner", "unknown-attribute"]));
  });

  test("refuses what is based on an older save, and shows both sides", async () => {
    const { draftRevision } = await create("stale");
    const save = (name: string) =>
      saveDraft(world.as("author2"), { key: "stale", document: documentOf("stale", { name }), basedOn: draftRevision });
    await save("Theirs");
    await expect(save("Yours")).rejects.toMatchObject({
      code: "conflict",
      reason: "stale-draft",
      detail: { yours: { name: "Yours" }, theirs: { document: { name: "Theirs" }, draftRevision: 2 } },
    });
  });

  test("of what is there already changes nothing: a save that was sent twice is done once", async () => {
    const { draftRevision } = await create("twice");
    const input = { key: "twice", document: documentOf("twice", { name: "New" }), basedOn: draftRevision };
    const once = await saveDraft(world.as("author"), input);
    const again = await saveDraft(world.as("author"), input);
    expect(again.version.draftRevision).toBe(once.version.draftRevision);
  });

  test("of submitted content unchanged leaves it under review", async () => {
    const version = await submitted(world, "unchanged");
    const input = { key: "unchanged", document: documentOf("unchanged"), basedOn: version.draftRevision };
    expect((await saveDraft(world.as("author"), input)).version.state).toBe("in_review");
  });

  test("keeps the key of the segment", async () => {
    await create("kept-key");
    const input = { key: "kept-key", document: documentOf("other-key"), basedOn: 1 };
    expect(await refusal(saveDraft(world.as("author"), input))).toBe("invalid key-changed");
  });

  test("of two at once, based on the same, one is refused", async () => {
    await create("raced");
    const saves = ["A", "B", "C", "D"].map((name) =>
      refusal(saveDraft(world.as("author"), { key: "raced", document: documentOf("raced", { name }), basedOn: 1 })),
    );
    expect((await Promise.all(saves)).toSorted()).toEqual([
      "conflict stale-draft",
      "conflict stale-draft",
      "conflict stale-draft",
      "done",
    ]);
  });
});

describe("opening a draft", () => {
  test("copies what is live and remembers it as its base", async () => {
    const live = await released(world, "based");
    const { version } = await openDraft(world.as("author2"), { key: "based" });
    expect(version).toMatchObject({ number: 2, state: "draft", base: { id: live.id, number: 1 } });
    expect(version.contentHash).toBe(live.contentHash);
  });

  test("is refused while one is open, also for two who ask at once", async () => {
    await released(world, "one-draft");
    const open = () => refusal(openDraft(world.as("author"), { key: "one-draft" }));
    expect((await Promise.all([open(), open(), open()])).toSorted()).toEqual([
      "conflict draft-open",
      "conflict draft-open",
      "done",
    ]);
  });

  test("of what does not exist is not found", async () => {
    expect(await refusal(openDraft(world.as("author"), { key: "nothing" }))).toBe("not-found not-found");
  });
});

describe("submitting", () => {
  test("takes the evidence in exact numbers and tells them rounded to who may not look customers up", async () => {
    const { id } = await create("evidence");
    const answer = await submitVersion(world.as("author"), { id, note: "Ready." });
    expect(answer.version).toMatchObject({ state: "in_review", note: "Ready." });
    expect(answer.evidence.preview).toMatchObject({ population: 400, matched: 200, members: 160 });
    const row = await requireVersion(world.database.db, id);
    expect(row.evidence).toMatchObject({ base: null, preview: { members: 160, denied: { region: 40 } } });
  });

  test("says everything that is in the way at once, and changes nothing", async () => {
    const { id } = await create("blocked", {
      owner: undefined,
      purposes: [],
      definition: { rule: { all: [{ attribute: "plann", operator: "equals", value: "x" }] } },
    });
    const submit = submitVersion(world.as("author"), { id });
    await expect(submit).rejects.toMatchObject({ code: "blocked" });
    const error = await submit.catch((caught: unknown) => caught as { findings: { code: string }[] });
    const codes = "findings" in error ? error.findings.map(({ code }) => code) : [];
    expect(codes).toEqual(expect.arrayContaining(["no-owner", "no-purpose", "unknown-attribute"]));
    expect((await requireVersion(world.database.db, id)).state).toBe("draft");
  });

  test("a version whose tests fail cannot be submitted", async () => {
    const customer = { id: "t1", region: "eu", attributes: { plan: "free" } };
    const tests = [{ name: "free is in", customer, asOf: "2026-06-01T00:00:00Z", expect: "member" }];
    const { id } = await create("failing", { tests });
    expect(await refusal(submitVersion(world.as("author"), { id }))).toBe("blocked blocked");
  });
});

describe("every state answers every event", () => {
  const table = versionStates.flatMap((state) => versionEvents.map((event) => [state, event] as const));
  const allowed: Record<string, readonly string[]> = {
    draft: ["edit", "submit", "withdraw"],
    in_review: ["edit", "withdraw", "approve", "request_changes", "reject"],
    changes_requested: ["edit", "submit", "withdraw"],
    // Nobody has approved it, whatever its row says.
    approved: ["edit", "withdraw", "approve", "request_changes", "reject"],
    released: [],
    superseded: [],
    rejected: [],
    withdrawn: ["edit"],
  };
  const verbs = new Set<string>(["edit", "submit", "withdraw", "approve", "request_changes", "reject"]);
  const byVerb = table.filter(([, event]) => verbs.has(event));

  test.each(byVerb)("%s, %s", async (state, event) => {
    const key = `t-${state}-${event}`.replaceAll("_", "-");
    const { id, contentHash } = await create(key);
    await world.database.unprotected((tx) => tx.version.update({ where: { id }, data: { state } }));
    const verbs = {
      edit: () => saveDraft(world.as("author"), { key, document: documentOf(key, { name: "New" }), basedOn: 1 }),
      submit: () => submitVersion(world.as("author"), { id }),
      withdraw: () => withdrawVersion(world.as("author"), { id }),
      approve: () => recordVerdict(world.as("reviewer"), { id, contentHash, verdict: "approve" }),
      request_changes: () => recordVerdict(world.as("reviewer"), { id, contentHash, verdict: "request_changes" }),
      reject: () => recordVerdict(world.as("reviewer"), { id, contentHash, verdict: "reject" }),
    };
    const outcome = await refusal(verbs[event as keyof typeof verbs]());
    expect(outcome).toMatch(allowed[state]?.includes(event) ? /^done$/ : /^conflict (wrong-state|no-draft)$/);
  });
});

test("of two verdicts at once on one version, both are kept and one state results", async () => {
  const { id, contentHash } = await submitted(world, "two-verdicts");
  const verdict = (by: "reviewer" | "reviewer2", kind: "approve" | "reject") =>
    refusal(recordVerdict(world.as(by), { id, contentHash, verdict: kind }));
  await Promise.all([verdict("reviewer", "approve"), verdict("reviewer2", "reject")]);
  const { state } = await requireVersion(world.database.db, id);
  const verdicts = await world.database.db.verdict.findMany({ where: { versionId: id } });
  expect(state).toBe("rejected");
  expect(verdicts.some((each) => each.verdict === "reject")).toBe(true);
});

test("an approval and an edit at once: the edit is kept, and nothing stays approved that was not read", async () => {
  for (let round = 0; round < 5; round += 1) {
    const key = `edit-race-${round}`;
    const version = await submitted(world, key);
    await Promise.all([
      refusal(
        recordVerdict(world.as("reviewer"), { id: version.id, contentHash: version.contentHash, verdict: "approve" }),
      ),
      refusal(
        saveDraft(world.as("author"), {
          key,
          document: documentOf(key, { name: "Other" }),
          basedOn: version.draftRevision,
        }),
      ),
    ]);
    const after = await requireVersion(world.database.db, version.id);
    expect(after).toMatchObject({ state: "draft", reviewCycle: 2 });
  }
});
