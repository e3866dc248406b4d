import { describe, expect, test } from "vitest";
import { attributeSchema, catalogueOf } from "../catalogue/definition";
import { checkDocument } from "./check-document";

const catalogue = catalogueOf({
  attributes: [
    attributeSchema.parse({ key: "plan", name: "Plan", type: "string" }),
    attributeSchema.parse({ key: "last_order", name: "Last order", type: "timestamp" }),
  ],
  purposes: [{ key: "marketing", name: "Marketing", lawfulBasis: "consent", description: "" }],
  regions: [{ key: "eu", name: "EU", description: "" }],
});

const rule = { attribute: "plan", operator: "equals", value: "premium" };
const sound = {
  key: "win-back",
  name: "Win-back",
  owner: { team: "growth", person: "a@example.com" },
  purposes: ["marketing"],
  regions: ["eu"],
  definition: { rule },
};
const asOf = Date.parse("2026-06-01T00:00:00Z");
const customer = { id: "c_1", region: "eu", consents: ["marketing"], attributes: { plan: " premium " } };

function testCase(more: object, expected: string) {
  return { name: "case", customer: { ...customer, ...more }, asOf: "2026-06-01T00:00:00Z", expect: expected };
}

type Row = [title: string, change: object, code: string, severity: string, path: string];

describe("a document is checked", () => {
  const rows: Row[] = [
    ["no owner", { owner: undefined }, "no-owner", "blocking", "owner"],
    ["no purpose", { purposes: [] }, "no-purpose", "blocking", "purposes"],
    ["no region", { regions: [] }, "no-region", "blocking", "regions"],
    ["unknown purpose", { purposes: ["marketting"] }, "unknown-purpose", "blocking", "purposes[0]"],
    ["unknown region", { regions: ["eu", "mars"] }, "unknown-region", "blocking", "regions[1]"],
    ["a purpose twice", { purposes: ["marketing", "marketing"] }, "repeated-purpose", "warning", "purposes[1]"],
    [
      "an unknown attribute",
      { definition: { rule: { all: [{ ...rule, attribute: "plam" }] } } },
      "unknown-attribute",
      "blocking",
      "definition.rule.all[0].attribute",
    ],
    ["a rule begun", { definition: { rule: { all: [] } } }, "empty-group", "blocking", "definition.rule.all"],
    [
      "a condition without a value at the root",
      { definition: { rule: { attribute: "plan", operator: "equals" } } },
      "missing-value",
      "blocking",
      "definition.rule.value",
    ],
    [
      "a rule that never holds",
      { definition: { rule: { all: [rule, { ...rule, value: "free" }] } } },
      "never-holds",
      "warning",
      "definition.rule.all",
    ],
    [
      "a customer on both lists",
      { definition: { rule, include: [{ customerId: "c" }], exclude: [{ customerId: "c" }] } },
      "on-both-lists",
      "warning",
      "definition.include[0]",
    ],
    [
      "a customer listed twice",
      { definition: { rule, exclude: [{ customerId: "c" }, { customerId: "c" }] } },
      "listed-twice",
      "warning",
      "definition.exclude[1]",
    ],
    [
      "an entry that has expired",
      { definition: { rule, include: [{ customerId: "c", expiresAt: "2026-06-01T00:00:00Z" }] } },
      "entry-expired",
      "warning",
      "definition.include[0]",
    ],
    [
      "a segment that has expired",
      { lifecycle: { reviewEveryDays: 30, expiresAt: "2026-05-31T00:00:00Z" } },
      "expired",
      "blocking",
      "lifecycle.expiresAt",
    ],
    [
      "a test that fails for want of consent",
      { tests: [testCase({ consents: [] }, "member")] },
      "test-failed",
      "blocking",
      "tests[0]",
    ],
    [
      "a test that finds a member it did not expect",
      { tests: [testCase({}, "member"), testCase({}, "not_member")] },
      "test-failed",
      "blocking",
      "tests[1]",
    ],
  ];

  test.each(rows)("%s", (_title, change, code, severity, path) => {
    const check = checkDocument({ ...sound, ...change }, catalogue, asOf);
    expect(check.document).toBeDefined();
    const { findings } = check;
    expect(findings).toEqual([
      { code, severity, path, message: expect.any(String), resolution: expect.stringMatching(/\w/) },
    ]);
  });

  test("a sound one has no findings, and its rule is normalised", () => {
    const definition = { rule: { ...rule, value: " premium" } };
    const { document, findings } = checkDocument({ ...sound, definition }, catalogue, asOf);
    expect(findings).toEqual([]);
    expect(document?.definition.rule).toEqual(rule);
  });

  test("a test's customer is read as ingest stores one: instants as text, blanks missing", () => {
    const since = { attribute: "last_order", operator: "within_last", value: { n: 1, unit: "days" } };
    const tests = [
      testCase({ attributes: { last_order: "2026-05-31T12:00:00Z" } }, "member"),
      testCase({ attributes: { last_order: Date.parse("2026-05-31T12:00:00Z") } }, "member"),
      testCase({ attributes: { last_order: "yesterday" } }, "not_member"),
      testCase({ attributes: { last_order: "" } }, "not_member"),
    ];
    expect(checkDocument({ ...sound, definition: { rule: since }, tests }, catalogue).findings).toEqual([]);
  });

  test("without an instant no expiry has passed", () => {
    const lifecycle = { reviewEveryDays: 30, expiresAt: "1999-01-01T00:00:00Z" };
    expect(checkDocument({ ...sound, lifecycle }, catalogue).findings).toEqual([]);
  });
});

describe("what is no document cannot be kept", () => {
  const nest = (depth: number) => {
    let inner: unknown = rule;
    for (let n = 0; n < depth; n += 1) inner = { all: [inner] };
    return inner;
  };
  test.each([
    ["nothing", undefined, ""],
    ["an unknown field", { ...sound, colour: "red" }, ""],
    ["an unknown field inside", { ...sound, owner: { ...sound.owner, phone: "1" } }, "owner"],
    ["no name", { ...sound, name: " " }, "name"],
    ["a bad key", { ...sound, key: "Win Back" }, "key"],
    ["a rule that is no object", { ...sound, definition: { rule: "x" } }, "definition.rule"],
    [
      "a rule too deep",
      { ...sound, definition: { rule: nest(7) } },
      "definition.rule.all[0].all[0].all[0].all[0].all[0].all[0]",
    ],
    ["text that cannot be stored", { ...sound, description: "a\u0000" }, "description"],
  ])("%s", (_title, input, path) => {
    const check = checkDocument(input, catalogue);
    expect(check.document).toBeUndefined();
    expect(check.findings[0]).toMatchObject({ severity: "blocking", path });
  });
});
