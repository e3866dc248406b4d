import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { sharedData } from "../../lib/testing/shared-data";
import { telcoRules } from "../../lib/testing/telco-rules";
import { countFile } from "./count-file";
import type { Given } from "./read-given";

const asOf = Date.parse("2026-01-01T00:00:00Z");

function givenRule(rule: unknown): Given {
  return { kind: "rule", input: rule, rule };
}

function givenSegment(more: object): Given {
  const rule = { attribute: "plan", operator: "in", value: ["premium", "business"] };
  const owner = { team: "growth", person: "a@x.test" };
  const document = {
    key: "s",
    name: "S",
    owner,
    purposes: ["marketing"],
    regions: ["eu"],
    definition: { rule },
    ...more,
  };
  return { kind: "document", input: document, rule };
}

describe("counting a file", () => {
  let folder: string;
  let data: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "steward-count-test-"));
    data = join(folder, "customers.csv");
    await writeFile(
      data,
      "id,country,plan,tenure,marketing_consent\n1,EU,premium,30,yes\n2,eu,free,3,yes\n3,us,premium,50,yes\n4,eu,premium,,no\n",
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("takes attributes from the columns of the file", async () => {
    const rule = { attribute: "tenure", operator: "at_least", value: 30 };
    expect(await countFile({ given: givenRule(rule), data, asOf })).toMatchObject({
      ...{ ok: true, notes: [], imported: { rejected: 0 } },
      counts: { members: 2, population: 4 },
    });
  });

  test("says of a rule that names no column what would be accepted", async () => {
    const rule = { attribute: "plans", operator: "equals", value: "premium" };
    const counted = await countFile({ given: givenRule(rule), data, asOf });
    expect(counted).toMatchObject({ ok: false, findings: [{ path: "attribute", resolution: "Did you mean plan?" }] });
  });

  test("applies the guards of a segment for which there are columns, and says which there are not", async () => {
    const named = data.replace("customers", "residents");
    await writeFile(named, "id,region,plan,marketing_consent\n1,EU,premium,yes\n3,us,premium,yes\n4,eu,premium,no\n");
    const guarded = await countFile({ given: givenSegment({}), data: named, asOf });
    expect(guarded).toMatchObject({
      ok: true,
      counts: { matched: 3, members: 1, population: 3 },
      imported: { rejected: 0 },
    });
    const unguarded = await countFile({ given: givenSegment({ purposes: ["marketing", "research"] }), data, asOf });
    expect(unguarded).toMatchObject({ ok: true, counts: { matched: 3, members: 2 } });
    expect(unguarded.ok && unguarded.notes).toEqual([
      'Consent for marketing is read from the column "marketing_consent".',
      'Consent for research is not looked at: no column is called "research_consent".',
      'The region is not looked at: no column is called "region".',
    ]);
  });

  test("takes attributes from a catalogue, missing for everybody where no column holds them", async () => {
    const catalogue = join(folder, "catalogue.json");
    const attributes = ["plan", "city"].map((key) => ({ key, type: "string" }));
    await writeFile(catalogue, JSON.stringify({ attributes }));
    const rule = { none: [{ attribute: "city", operator: "equals", value: "Bern" }] };
    expect(await countFile({ given: givenRule(rule), data, catalogue, asOf })).toMatchObject({
      ...{ ok: true, counts: { members: 4 } },
      notes: ["No column holds city: it is missing for everybody."],
    });
  });

  test("refuses an id column that the file does not have, and a file that is not there", async () => {
    const given = givenRule({ attribute: "plan", operator: "is_set" });
    await expect(countFile({ given, data, id: "customer", asOf })).rejects.toThrow(
      'no column "customer". There are: id',
    );
    await expect(countFile({ given, data: `${data}.gone`, asOf })).rejects.toThrow("cannot be read");
  });
});

const telco = sharedData("telco-churn/Telco-Customer-Churn.csv");
const expectedCounts = z.object({
  datasets: z.object({
    "telco-churn": z.object({ segments: z.array(z.object({ id: z.string(), count: z.number() })) }),
  }),
});

describe.skipIf(!telco.isThere)(telco.title("the rules of the Telco customers"), () => {
  const segments = telco.isThere
    ? expectedCounts.parse(sharedData("expected-counts.json").json()).datasets["telco-churn"].segments
    : [];
  test.each(segments)("$id takes $count", async ({ id, count }) => {
    const counted = await countFile({ given: givenRule(telcoRules[id]), data: telco.file, asOf });
    expect(counted).toMatchObject({ ok: true, counts: { members: count, population: 7_043 } });
  });
});
