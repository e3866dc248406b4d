import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attributeSchema, catalogueOf } from "../catalogue/definition";
import { guardedRule } from "../guards/guarded-rule";
import { testEngines } from "../testing/engines";
import type { ByAttribute } from "./answers";
import type { Engine } from "./engine";

const attributes = [
  attributeSchema.parse({ key: "spend", name: "Spend", type: "number" }),
  attributeSchema.parse({ key: "joined", name: "Joined", type: "timestamp" }),
];
const catalogue = catalogueOf({ attributes });
const asOf = Date.parse("2026-06-01T00:00:00Z");
const day = 86_400_000;

const rule = guardedRule(
  {
    ...{ key: "s", purposes: [], regions: ["eu"] },
    definition: { rule: { attribute: "spend", operator: "is_set" }, include: [], exclude: [] },
  },
  catalogue,
);

/** A hundred who spend 0 to 99, who joined a day after one another; one more far away at either end. */
const spends = [-50_000, ...Array.from({ length: 100 }, (_, index) => index), 70_000.5];

describe.each(Object.keys(testEngines) as (keyof typeof testEngines)[])("ranges in %s", (kind) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await testEngines[kind]();
    await engine.addAttributes(attributes);
    await engine.upsert(
      spends.map((spend, index) => ({
        ...{ id: `c${index}`, region: "eu", consents: [], objections: [] },
        attributes: { spend, joined: asOf + index * day },
      })),
    );
  });
  afterAll(() => engine.close());

  async function split(by: string, ends?: number): Promise<ByAttribute> {
    const { byAttribute } = await engine.counts(rule, asOf, { by, ...(ends === undefined ? {} : { ends }) });
    if (!byAttribute) throw new Error("Nothing was split.");
    return byAttribute;
  }
  const inGroups = ({ groups }: ByAttribute) => groups.reduce((sum, { members }) => sum + members, 0);

  test("reach over all values, unless told otherwise", async () => {
    const all = await split("spend");
    expect([inGroups(all), all.other, all.missing]).toEqual([102, 0, 0]);
  });

  test("follow from as many values at each end as they shall, and count who lies beyond among the others", async () => {
    const { groups, other } = await split("spend", 10);
    expect(groups.length).toBeGreaterThan(3);
    expect(groups).toContainEqual({ from: 20, to: 30, members: 10 });
    expect(other).toBe(102 - inGroups({ attribute: "spend", groups, other, missing: 0 }));
    expect(other).toBeGreaterThanOrEqual(2);
    expect(inGroups(await split("joined", 10))).toBeGreaterThanOrEqual(102 - 18);
  });

  test("are none where the ends would cross", async () => {
    expect(await split("spend", 60)).toEqual({ attribute: "spend", groups: [], other: 102, missing: 0 });
  });
});
