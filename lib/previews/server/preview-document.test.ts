import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGovernance, documentOf, type Governance, refusal, released } from "../../testing/governance";
import { previewSchema } from "../contract";
import { previewDocument } from "./preview-document";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
  await released(world, "live");
});
afterAll(() => world.close());

const spends = { attribute: "spend", operator: "at_least", value: 100 };
const premium = { attribute: "plan", operator: "equals", value: "premium" };

function preview(change: Record<string, unknown>, by: Parameters<Governance["as"]>[0] = "support", key = "live") {
  return previewDocument(world.as(by), { document: documentOf(key, change), environment: "production" });
}

describe("a preview", () => {
  test("counts rule, lists, guards and regions, and every step of the funnel", async () => {
    const answer = await preview({
      definition: {
        rule: { all: [premium, spends] },
        include: [{ customerId: "c0003" }],
        exclude: [{ customerId: "c0102" }, { customerId: "c0104" }],
      },
    });
    expect(previewSchema.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({ population: 400, matched: 150, included: 1, excluded: 2, members: 119 });
    expect(answer.byRegion).toEqual([{ region: "eu", members: 119 }]);
    expect(
      answer.funnel.map(({ path, text, cumulative, missing }) => [path.join("."), text, cumulative, missing]),
    ).toEqual([
      ["", expect.stringMatching(/^All of/), 150, 0],
      ["all.0", "Plan premium", 200, 0],
      ["all.1", expect.stringMatching(/^Spend/), 150, 100],
    ]);
  });

  test("compares with what is live in the environment", async () => {
    const answer = await preview({ definition: { rule: { all: [premium, spends] } } });
    expect(answer.impact).toMatchObject({ entering: 0, leaving: 40, staying: 120, live: { version: 1, members: 160 } });
    expect((await preview({}, "support", "new")).impact).toBeUndefined();
    const staging = { document: documentOf("live"), environment: "staging" };
    expect((await previewDocument(world.as("support"), staging)).impact).toBeUndefined();
  });

  test("says how many lack an attribute, and that nobody is in", async () => {
    const many = await preview({ definition: { rule: { all: [spends] } } });
    expect(many.findings).toMatchObject(
      [
        {
          code: "many-missing",
          severity: "warning",
          path: "definition.rule.all[0]",
          message: /^100 customers lack Spend/,
        },
      ].map((each) => ({ ...each, message: expect.stringMatching(each.message) })),
    );
    const none = await preview({ definition: { rule: { all: [{ ...premium, value: "gold" }] } } });
    expect(none.findings.map(({ code }) => code)).toContain("few-members");
  });

  test("splits the members by an attribute, as far as the actor may know its values", async () => {
    const by = async (attribute: string, person: "support" | "author") => {
      const input = { document: documentOf("live"), environment: "production", by: attribute };
      return (await previewDocument(world.as(person), input)).byAttribute;
    };
    expect(await by("plan", "author")).toEqual({
      ...{ attribute: "plan", groups: [{ value: "premium", members: 160 }], other: 0, missing: 0 },
    });
    const spends = await by("spend", "support");
    expect(spends?.groups.reduce((sum, { members }) => sum + members, 0)).toBe(160);
    const told = await by("spend", "author");
    expect(told?.groups.map(({ members }) => members % 10)).toEqual(spends?.groups.map(() => 0));
    expect(await refusal(by("unheard-of", "support"))).toBe("not-found not-found");
  });

  test("counts a document that cannot be submitted yet, and says what it lacks", async () => {
    const answer = await preview({ owner: undefined });
    expect(answer.members).toBe(160);
    expect(answer.findings).toMatchObject([{ code: "no-owner", severity: "blocking" }]);
  });

  test("of a rule that cannot be counted is refused with what is wrong", async () => {
    expect(await refusal(preview({ definition: { rule: { all: [] } } }))).toBe("invalid cannot-be-counted");
    expect(await refusal(preview({ colour: "red" }))).toBe("invalid cannot-be-counted");
  });

  test("for an environment that does not exist is not found", async () => {
    const input = { document: documentOf("live"), environment: "moon" };
    expect(await refusal(previewDocument(world.as("support"), input))).toBe("not-found not-found");
  });

  test("stops when the caller goes away", async () => {
    const input = { document: documentOf("live"), environment: "production" };
    await expect(previewDocument(world.as("support"), input, AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});

describe("people who may not look customers up", () => {
  const everyNumber = (value: unknown): number[] =>
    typeof value === "number"
      ? [value]
      : typeof value === "object" && value !== null
        ? Object.values(value).flatMap(everyNumber)
        : [];

  test("are told every number of customers rounded down to a cell", async () => {
    const definition = { rule: { all: [premium, spends] }, include: [{ customerId: "c0003" }] };
    const { population, matched, included, excluded, denied, members, byRegion, funnel, impact } = await preview(
      { definition },
      "author",
    );
    const { version: _, ...live } = impact?.live ?? { version: 0 };
    const steps = funnel.map(({ alone, cumulative, missing }) => ({ alone, cumulative, missing }));
    const told = {
      population,
      matched,
      included,
      excluded,
      denied,
      members,
      byRegion,
      steps,
      impact: { ...impact, live },
    };
    expect(everyNumber(told).filter((number) => number % 10 !== 0)).toEqual([]);
    expect(included).toBe(0);
  });

  test("learn neither from findings nor from regions whether one customer is as a rule describes them", async () => {
    const spendOf = (value: number) => ({ all: [premium, { attribute: "spend", operator: "equals", value }] });
    const told = async (rule: object) => {
      const { findings, byRegion } = await preview({ definition: { rule } }, "author", "oracle");
      return { findings, byRegion };
    };
    expect(await told(spendOf(2))).toEqual(await told(spendOf(2.5)));
    const [all, allButOne] = [await told({ none: [spendOf(2.5)] }), await told({ none: [spendOf(2)] })];
    expect(allButOne.findings).toEqual(all.findings);
  });

  test("cannot single a customer out by two previews that differ in them", async () => {
    const without = await preview({}, "author");
    const alone = { rule: { any: [premium] }, exclude: [{ customerId: "c0002" }] };
    const { members, excluded } = await preview({ definition: alone }, "author");
    expect(without.members - members).toBeGreaterThanOrEqual(0);
    expect(excluded).toBe(0);
    const singled = { all: [premium, { attribute: "spend", operator: "equals", value: 2 }] };
    expect((await preview({ definition: { rule: singled } }, "author")).members).toBe(0);
  });

  test("learn from ranges nothing of the least and the greatest value: these are those of a few", async () => {
    const rangesFor = async (by: "author" | "support") => {
      const input = { document: documentOf("live"), environment: "production", by: "spend" };
      const { byAttribute } = await previewDocument(world.as(by), input);
      return byAttribute?.groups.map((group) => ("from" in group ? [group.from, group.to] : []));
    };
    const [told, exact] = [await rangesFor("author"), await rangesFor("support")];
    const whale = { id: "whale", region: "eu", consents: [], objections: [] };
    await world.engine.upsert([{ ...whale, attributes: { plan: "premium", spend: 1_000_000 } }]);
    expect(await rangesFor("author")).toEqual(told);
    expect(await rangesFor("support")).not.toEqual(exact);
    expect(told?.length).toBeGreaterThan(3);
  });
});
