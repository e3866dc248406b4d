import { describe, expect, test } from "vitest";
import { catalogueOf } from "../catalogue/definition";
import { explainMembership } from "../guards/explain-membership";
import { guardedRule, killedRule } from "../guards/guarded-rule";
import type { Profile, Rule } from "../rules/definition";
import type { DocumentVocabulary } from "../rules/vocabulary";
import type { ListEntry } from "../segments/document";
import { nearMissOf, reasonAnswer, type Standing, type Wording } from "./membership-words";

const catalogue = catalogueOf({
  attributes: [
    { key: "plan", name: "Plan", type: "string", description: "", source: "stored", labels: [] },
    { key: "email", name: "E-mail", type: "string", description: "", source: "stored", labels: ["personal"] },
    { key: "seen", name: "Last seen", type: "timestamp", description: "", source: "stored", labels: [] },
  ],
  purposes: [
    { key: "marketing", name: "Marketing", lawfulBasis: "consent", description: "" },
    { key: "billing", name: "Billing", lawfulBasis: "contract", description: "" },
  ],
  regions: [
    { key: "eu", name: "Europe", description: "" },
    { key: "us", name: "America", description: "" },
  ],
});
const asOf = Date.parse("2026-06-01T00:00:00Z");
const wording: Wording = { vocabulary: catalogue, asOf, isMasked: (key) => key === "email" };
const premium: Rule = { attribute: "plan", operator: "equals", value: "premium" };
const recent: Rule = { attribute: "seen", operator: "within_last", value: { n: 30, unit: "days" } };
const atHome: Rule = { attribute: "email", operator: "ends_with", value: "@home.test" };
const listed: ListEntry[] = [{ customerId: "1", reason: "x" }];

type Case = {
  vocabulary?: DocumentVocabulary;
  rule?: Rule;
  profile?: Partial<Profile>;
  include?: ListEntry[];
  exclude?: ListEntry[];
  rollout?: number;
  killed?: boolean;
  listReason?: string;
};

function told({ rule = { all: [premium, recent] }, profile = {}, rollout = 100, killed = false, ...more }: Case) {
  const { include = [], exclude = [], listReason = "", vocabulary = catalogue } = more;
  const document = {
    key: "s",
    purposes: ["marketing", "billing"],
    regions: ["eu"],
    definition: { rule, include, exclude },
  };
  const guarded = guardedRule(document, vocabulary, rollout);
  const member: Profile = {
    id: "1",
    region: "eu",
    consents: ["marketing"],
    objections: [],
    attributes: { plan: "premium", seen: asOf - 10 * 86_400_000, email: "ada@home.test" },
  };
  const reason = explainMembership(killed ? killedRule(guarded) : guarded, { ...member, ...profile }, asOf);
  const words = { ...wording, vocabulary };
  const standing: Standing = { killed, rolloutPercent: rollout, listReason };
  return { answer: reasonAnswer(reason, standing, words), miss: nearMissOf(reason, standing, words) };
}

const basic = { plan: "basic", seen: asOf - 10 * 86_400_000 };

describe("the summary and the near miss", () => {
  test.each<[string, Case, string, string | null]>([
    ["a member by rule", {}, "by rule", null],
    ["on the list", { include: listed, profile: { attributes: {} }, listReason: "asked" }, "on the list: asked", null],
    ["on the exclude list", { exclude: listed }, "on the exclude list", "rule holds; on the exclude list"],
    ["one condition fails", { profile: { attributes: basic } }, "fails only: Plan premium", "fails only: Plan premium"],
    ["two conditions fail", { profile: { attributes: {} } }, "the rule does not hold", null],
    [
      "a condition that must not hold does",
      { rule: { none: [premium] } },
      "fails only because of: Plan premium",
      "fails only because of: Plan premium",
    ],
    [
      "consent is missing",
      { profile: { consents: [] } },
      "consent for marketing is not granted",
      "rule holds; consent for marketing is not granted",
    ],
    [
      "an objection",
      { profile: { objections: ["billing"] } },
      "objected to billing",
      "rule holds; objected to billing",
    ],
    ["another region", { profile: { region: "us" } }, "does not live in Europe", "rule holds; does not live in Europe"],
    [
      "two guards fail",
      { profile: { consents: [], region: "us" } },
      "consent for marketing is not granted; does not live in Europe",
      null,
    ],
    [
      "a guard and a condition fail",
      { profile: { consents: [], attributes: basic } },
      "consent for marketing is not granted",
      null,
    ],
    ["switched off", { killed: true }, "the segment is switched off", "rule holds; the segment is switched off"],
    [
      "not rolled out to",
      { rollout: 0.01 },
      "rule holds; not in the 0.01 % that it is rolled out to",
      "rule holds; not in the 0.01 % that it is rolled out to",
    ],
  ])("%s", (_, given, summary, because) => {
    const { answer, miss } = told(given);
    expect(answer.summary).toBe(summary);
    expect(miss?.because ?? null).toBe(because);
  });
});

test("the reason tells each condition with the customer's value in words", () => {
  const { answer } = told({ profile: { attributes: basic } });
  expect(answer.rule.children).toMatchObject([
    { text: "Plan premium", holds: false, decisive: true, actual: "basic", path: ["all", 0] },
    { text: "Last seen within 30 days", holds: true, decisive: false, actual: "10 days ago" },
  ]);
  expect(answer.guards).toEqual([
    { text: "consent for marketing is granted", holds: true },
    { text: "no objection to billing", holds: true },
    { text: "lives in Europe", holds: true },
  ]);
});

test("a reference says what it refers to and which version, and below it how that came out", () => {
  const vocabulary = {
    ...catalogue,
    segments: new Map([["payers", { name: "Payers", released: { version: 3, rule: { all: [premium, atHome] } } }]]),
    lists: new Map([["press", { name: "Press", content: { version: 2, entries: [{ customerId: "1" }] } }]]),
  };
  const rule: Rule = {
    all: [
      { segment: "payers", operator: "not_member" },
      { list: "press", operator: "listed" },
    ],
  };
  const { answer, miss } = told({ rule, vocabulary });
  const [payers, press] = answer.rule.children;
  expect(payers).toMatchObject({
    text: "Not in Payers",
    holds: false,
    decisive: true,
    refersTo: { kind: "segment", key: "payers", version: 3 },
    children: [
      {
        text: "All of",
        decisive: false,
        children: [
          { text: "Plan premium", actual: "premium", decisive: false },
          { text: "E-mail ends with @home.test", actual: "masked" },
        ],
      },
    ],
  });
  expect(press).toMatchObject({ text: "On Press", holds: true, refersTo: { kind: "list", key: "press", version: 2 } });
  expect(miss?.because).toBe("fails only: Not in Payers");
});

test("a masked value is in no reason", () => {
  const { answer, miss } = told({ rule: atHome, profile: { attributes: { email: "eve@else.test" } } });
  expect(answer.rule.actual).toBe("masked");
  expect(miss?.actual).toBe("masked");
  expect(JSON.stringify({ answer, miss })).not.toContain("eve@");
});

test("nothing of the rule decides where a guard or a list did", () => {
  expect(told({ profile: { consents: [] } }).answer.rule.children.some(({ decisive }) => decisive)).toBe(false);
  expect(told({ include: listed }).answer.rule.children.some(({ decisive }) => decisive)).toBe(false);
});
