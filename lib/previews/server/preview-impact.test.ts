import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { customerSubject } from "../../audit/server/customer-subject";
import { loadCatalogue } from "../../catalogue/server/load-catalogue";
import { type GuardedRule, guardedRule } from "../../guards/guarded-rule";
import { type ImpactCause, impactSteps } from "../../guards/impact-steps";
import { releaseVersion } from "../../releases/server/release-version";
import type { Profile, Rule } from "../../rules/definition";
import { compile } from "../../rules/evaluate";
import { segmentDocumentSchema } from "../../segments/document";
import {
  createGovernance,
  documentOf,
  type Governance,
  type PersonName,
  submitted,
  testNow,
} from "../../testing/governance";
import { recordVerdict } from "../../versions/server/record-verdict";
import { previewDocument } from "./preview-document";

/** Every fifth has not consented, every fourth lives in the US, every third pays; scores and spends are spread. */
const profiles: readonly Profile[] = Array.from({ length: 400 }, (_, index) => ({
  id: `c${String(index).padStart(4, "0")}`,
  region: index % 4 === 0 ? "us" : "eu",
  consents: index % 5 === 0 ? [] : ["marketing"],
  objections: [],
  attributes: {
    ...{ plan: index % 3 === 0 ? "free" : "premium", spend: index % 7 },
    ...{ churn: (index % 11) / 10, email: `c${index}@x.test` },
  },
}));

const premium: Rule = { attribute: "plan", operator: "equals", value: "premium" };
const likely = (atLeast: number): Rule => ({ attribute: "churn", operator: "at_least", value: atLeast });
const known: Rule = { attribute: "email", operator: "contains", value: "@" };
const liveDocument = { regions: ["eu", "us"], definition: { rule: { all: [premium, likely(0.5), known] } } };

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
  const { db } = world.database;
  await db.attribute.createMany({
    data: [
      { key: "churn", name: "Churn", type: "number", source: "score" },
      { key: "email", name: "E-mail", type: "string", labels: ["personal"] },
    ],
  });
  await world.engine.addAttributes([...(await loadCatalogue(db)).attributes.values()]);
  await world.engine.upsert(profiles);
  await releaseWithPersonalData();
});
afterAll(() => world.close());

/** The rule names a personal attribute, so privacy approves too. */
async function releaseWithPersonalData(): Promise<void> {
  const { id, contentHash } = await submitted(world, "live", "author", liveDocument);
  for (const by of ["reviewer", "privacy"] as const)
    await recordVerdict(world.as(by), { id, contentHash, verdict: "approve" });
  await releaseVersion(world.as("operator"), { id, environment: "production" });
}

async function impactOf(change: Record<string, unknown>, by: PersonName = "support") {
  const document = documentOf("live", { ...liveDocument, ...change });
  const { impact } = await previewDocument(world.as(by), { document, environment: "production" });
  if (!impact) throw new Error("Nothing is live.");
  return impact;
}

async function guardedOf(change: Record<string, unknown>): Promise<GuardedRule> {
  const document = segmentDocumentSchema.parse(documentOf("live", { ...liveDocument, ...change }));
  return guardedRule(document, await loadCatalogue(world.database.db));
}

/** Who moves and why as the interpreter says it, customer by customer. */
async function expectedMoves(change: Record<string, unknown>) {
  const [before, after] = [await guardedOf({}), await guardedOf(change)];
  const steps = impactSteps(before, after, new Set(["churn"])).map(({ cause, tree }) => ({
    cause,
    takes: compile(tree),
  }));
  const takesBefore = compile(before.tree);
  return profiles.flatMap((profile) => {
    const was = takesBefore(profile, testNow.getTime());
    let verdict = was;
    let cause: ImpactCause | undefined;
    for (const step of steps) {
      const next = step.takes(profile, testNow.getTime());
      if (next !== verdict) cause = step.cause;
      verdict = next;
    }
    return was === verdict || cause === undefined ? [] : [{ id: profile.id, cause, enters: verdict }];
  });
}

const everything = {
  purposes: ["marketing"],
  regions: ["eu"],
  definition: {
    rule: { all: [premium, likely(0.3), { attribute: "spend", operator: "at_least", value: 2 }, known] },
    include: [{ customerId: "c0003" }, { customerId: "c0009" }],
    exclude: profiles.slice(40, 60).map(({ id }) => ({ customerId: id })),
  },
};

describe("a preview against the live version", () => {
  test.each<[string, ImpactCause, Record<string, unknown>]>([
    ["a purpose that needs consent", "consent", { purposes: ["marketing"] }],
    ["fewer regions", "region", { regions: ["eu"] }],
    ["a list by hand", "list", { definition: { ...liveDocument.definition, exclude: everything.definition.exclude } }],
    ["another bound of a score", "score", { definition: { rule: { all: [premium, likely(0.8), known] } } }],
    ["a condition less", "rule", { definition: { rule: { all: [likely(0.5), known] } } }],
  ])("names the cause of what alone has changed: %s", async (_what, cause, change) => {
    const { byCause, entering, leaving } = await impactOf(change);
    expect(entering + leaving).toBeGreaterThan(0);
    expect(byCause).toEqual([{ cause, entering, leaving }]);
  });

  test("says of an archive that all members leave, and nothing of guards", async () => {
    const standing = { state: "archived", notice: "Nobody pulls it." };
    const document = documentOf("live", { ...liveDocument, standing });
    const preview = await previewDocument(world.as("support"), { document, environment: "production" });
    const { members, denied, lost, byRegion, findings, impact } = preview;
    expect({ members, denied, lost, byRegion }).toEqual({
      ...{ members: 0, denied: { consent: 0, region: 0 }, lost: [], byRegion: [] },
    });
    const leaving = impact?.live.members ?? 0;
    expect(leaving).toBeGreaterThan(0);
    expect(impact).toMatchObject({ entering: 0, leaving, staying: 0 });
    expect(impact?.byCause).toEqual([{ cause: "standing", entering: 0, leaving }]);
    expect(findings).toEqual([]);
  });

  test("adds up causes to those who move, each customer as the interpreter tells", async () => {
    const expected = await expectedMoves(everything);
    const { byCause, entering, leaving, samples } = await impactOf(everything);
    const sum = (kind: "entering" | "leaving") => byCause.reduce((total, each) => total + each[kind], 0);
    expect([sum("entering"), sum("leaving")]).toEqual([entering, leaving]);
    for (const { cause, ...moved } of byCause) {
      const because = expected.filter((each) => each.cause === cause);
      expect(moved).toEqual({
        entering: because.filter(({ enters }) => enters).length,
        leaving: because.filter(({ enters }) => !enters).length,
      });
    }
    expect(new Set(byCause.map(({ cause }) => cause))).toEqual(new Set(expected.map(({ cause }) => cause)));
    const named = samples.leaving.map(({ customer, cause }) => ({ id: customer, cause, enters: false }));
    expect(named).toEqual(expected.filter(({ enters }) => !enters).slice(0, 20));
  });
});

describe("some of those who move", () => {
  const recorded = () =>
    world.database.db.auditEntry.findMany({ where: { action: "customer.sampled" }, orderBy: { sequence: "asc" } });
  let before = 0;
  beforeEach(async () => {
    before = (await recorded()).length;
  });

  test("are named with the values that the rule looks at, personal ones covered: nobody named a purpose for them", async () => {
    for (const by of ["privacy", "support"] as const) {
      const [first] = (await impactOf(everything, by)).samples.leaving;
      expect(first).toMatchObject({
        customer: "c0005",
        values: expect.arrayContaining([{ attribute: "email", name: "E-mail", text: null }]),
      });
    }
  });

  test("are looked at: it is recorded who was shown, under no id", async () => {
    const { samples } = await impactOf(everything, "privacy");
    const entries = (await recorded()).slice(before);
    const ids = [...samples.entering, ...samples.leaving].map(({ customer }) => customer);
    const shown = await Promise.all(ids.map((id) => customerSubject(world.database.db, id)));
    expect(entries).toMatchObject([
      { actorId: "id-privacy", subjectId: "live", after: { environment: "production", shown } },
    ]);
    expect(JSON.stringify(entries[0]?.after)).not.toContain("c0005");
  });

  test("are nobody for people who may not look customers up, however many move", async () => {
    for (const by of ["author", "reviewer", "operator", "viewer"] as const) {
      const { samples, entering, leaving } = await impactOf(everything, by);
      expect(entering + leaving).toBeGreaterThan(0);
      expect(samples).toEqual({ entering: [], leaving: [] });
    }
    expect(await recorded()).toHaveLength(before);
  });

  test("are not asked for where nobody moves, and nothing is recorded then", async () => {
    expect((await impactOf({}, "privacy")).samples).toEqual({ entering: [], leaving: [] });
    expect(await recorded()).toHaveLength(before);
  });
});
