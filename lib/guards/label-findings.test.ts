import { describe, expect, test } from "vitest";
import { catalogueOf } from "../catalogue/definition";
import { segmentDocumentSchema } from "../segments/document";
import { carriedLabels, labelledUse } from "./carried-labels";
import { approvalsAsked, type Destination, destinationFindings, labelFindings } from "./label-findings";
import { type LabelPolicy, labelPolicyInWords, labelPolicySchema } from "./label-policy";

const attribute = (key: string, labels: string[]) => ({
  ...{ key, name: key.toUpperCase(), type: "string" as const, description: "", source: "stored" as const, labels },
});
const { attributes } = catalogueOf({
  attributes: [attribute("plan", []), attribute("illness", ["special", "personal"]), attribute("mail", ["personal"])],
});
const is = (key: string) => ({ attribute: key, operator: "equals", value: "x" }) as const;
const vocabulary = {
  attributes,
  segments: new Map([
    ["ill", { name: "Ill", released: { version: 1, rule: { any: [is("plan"), is("illness")] } } }],
    [
      "nested",
      {
        name: "Nested",
        released: {
          version: 2,
          rule: {
            all: [{ segment: "ill", operator: "not_member" as const, version: 1, rule: { any: [is("illness")] } }],
          },
        },
      },
    ],
  ]),
};
const documentOf = (rule: unknown, more: object = {}) =>
  segmentDocumentSchema.parse({ key: "s", name: "S", purposes: ["marketing"], definition: { rule }, ...more });
const useOf = (rule: unknown, more: object = {}) => labelledUse(documentOf(rule, more), vocabulary);
const policy = (more: Partial<LabelPolicy>): LabelPolicy =>
  labelPolicySchema.parse({ key: "house", name: "House", label: "special", when: {}, effect: "refuse", ...more });

describe("the labels of a document", () => {
  test("are those of its attributes, each at its place", () => {
    const rule = { all: [is("plan"), { none: [is("illness"), is("mail")] }] };
    expect(carriedLabels(rule, vocabulary)).toEqual([
      { label: "special", path: "definition.rule.all[1].none[0]", sources: ["ILLNESS"] },
      { label: "personal", path: "definition.rule.all[1].none[0]", sources: ["ILLNESS"] },
      { label: "personal", path: "definition.rule.all[1].none[1]", sources: ["MAIL"] },
    ]);
  });

  test.each(["ill", "nested"])("are those of a segment that it refers to, however deep: %s", (segment) => {
    const carried = carriedLabels({ segment, operator: "member" }, vocabulary);
    expect(carried).toContainEqual({ label: "special", path: "definition.rule", sources: ["ILLNESS"] });
  });

  test("are none of an archived segment, and none of what is no rule", () => {
    const archived = { standing: { state: "archived", notice: "Gone." } };
    expect(useOf({ all: [is("illness")] }, archived).carried).toEqual([]);
    expect(carriedLabels({ all: "everybody" }, vocabulary)).toEqual([]);
  });
});

describe("a policy", () => {
  const rule = { all: [is("illness")] };
  const codes = (more: Partial<LabelPolicy>, document: object = {}) =>
    labelFindings(useOf(rule, document), [policy(more)]).map(({ code, severity }) => `${severity} ${code}`);

  test.each([
    ["refuses", {}, ["blocking label-refused:house"]],
    ["warns", { effect: "warn" as const }, ["warning label-warned:house"]],
    ["says nothing where it only asks for an approval", { effect: "approval" as const, role: "privacy" as const }, []],
    ["says nothing of another label", { label: "secret" }, []],
    ["says nothing while it is not in force", { enabled: false }, []],
    ["holds for its purposes", { when: { purposes: ["marketing", "x"] } }, ["blocking label-refused:house"]],
    ["and for no others", { when: { purposes: ["billing"] } }, []],
    ["holds for its treatments", { when: { treatments: ["pool"] } }, ["blocking label-refused:house"]],
    ["where all that is given is met", { when: { purposes: ["billing"], treatments: ["pool"] } }, []],
    ["leaves destinations to the release", { when: { destinations: ["us"] } }, []],
  ])("%s", (_title, more, expected) => {
    expect(codes(more, { treatments: { pool: "gold" } })).toEqual(expected);
  });

  test("for a destination names the consumer, and blocks only where it is about to be served", () => {
    const consumers: Destination[] = [
      { key: "us-gateway", name: "US gateway", location: "us" },
      { key: "eu-gateway", name: "EU gateway", location: "eu" },
      { key: "old", name: "Old", location: null },
    ];
    const of = { policies: [policy({ when: { destinations: ["us"] } })] };
    const before = destinationFindings(useOf(rule), consumers, { ...of, severity: "warning" });
    expect(before).toMatchObject([
      { code: "label-refused:house", severity: "warning", path: "consumers.us-gateway.us" },
    ]);
    expect(before[0]?.message).toMatch(/"US gateway" runs in us, .*ILLNESS/);
    expect(destinationFindings(useOf(rule), consumers, { ...of, severity: "blocking" })).toMatchObject([
      { severity: "blocking" },
    ]);
  });

  test("asks for an approval where it is met, at its destinations too", () => {
    const asking = policy({ effect: "approval", role: "privacy", when: { destinations: ["us"] } });
    const at = (location: string) => approvalsAsked(useOf(rule), [{ key: "c", name: "C", location }], [asking]);
    expect(at("us")).toEqual([asking]);
    expect(at("eu")).toEqual([]);
    expect(approvalsAsked(useOf({ all: [is("plan")] }), [], [policy({ effect: "approval", role: "privacy" })])).toEqual(
      [],
    );
  });

  test("says whose approval it asks for, and nobody's otherwise", () => {
    const given = { key: "house", name: "House", label: "special", when: {} };
    expect(labelPolicySchema.safeParse({ ...given, effect: "approval" }).success).toBe(false);
    expect(labelPolicySchema.safeParse({ ...given, effect: "warn", role: "privacy" }).success).toBe(false);
  });

  test("reads as a sentence", () => {
    const said = policy({ when: { purposes: ["a", "b"], destinations: ["us"] } });
    const regions = new Map([["us", "United States"]]);
    expect(labelPolicyInWords(said, { regions })).toBe(
      "special for a or b at consumers that run in United States: refused",
    );
  });
});
