import { describe, expect, test } from "vitest";
import { attributeSchema, catalogueOf, eventTypeSchema } from "../catalogue/definition";
import { readItem } from "./read-item";
import { readLine } from "./read-line";
import type { RejectCode } from "./reject";
import type { IngestTarget } from "./targets";
import type { IngestVocabulary } from "./vocabulary";

const now = Date.parse("2026-11-21T12:00:00Z");
const attributes = [
  { key: "plan", type: "string" },
  { key: "spend", type: "number" },
  { key: "active", type: "boolean" },
  { key: "seen_at", type: "timestamp" },
  { key: "tags", type: "string_set" },
  { key: "orders", type: "number", source: "computed" },
  { key: "churn", type: "number", source: "score", model: "churn-v12" },
].map((each) => attributeSchema.parse({ name: each.key, ...each }));
const order = eventTypeSchema.parse({
  ...{ key: "order", name: "Order" },
  properties: [{ key: "amount", name: "Amount", type: "number" }],
});
const vocabulary: IngestVocabulary = {
  ...catalogueOf({
    attributes,
    purposes: [{ key: "marketing", name: "Marketing", lawfulBasis: "consent", description: "" }],
    regions: [{ key: "eu", name: "EU", description: "" }],
  }),
  events: new Map([["order", order]]),
  namespaces: new Map([["email", (value) => (value.includes("@") ? `hash of ${value}` : null)]]),
};

function read(target: IngestTarget, text: string | Uint8Array) {
  const line = readLine(typeof text === "string" ? new TextEncoder().encode(text) : text);
  return "fault" in line ? line : readItem(target, line.value, { vocabulary, source: "key:1", now });
}

const event = (given: string) => `{"id":"e","customerId":"c","type":"order","at":"2026-11-21T11:00:00Z"${given}}`;
const statement = (given: string) => `{"customerId":"c","purpose":"marketing","state":"granted"${given}}`;
const deep = `${'{"a":'.repeat(12)}1${"}".repeat(12)}`;
const wide = `{${Array.from({ length: 600 }, (_, n) => `"k${n}":1`).join(",")}}`;

describe("a line is refused with a code of its own and says what would be taken", () => {
  test.each<[string, IngestTarget, string | Uint8Array, RejectCode, RegExp]>([
    ["no JSON", "customers", '{"id":', "not-json", /not JSON/],
    ["no object", "customers", "7", "wrong-type", /object/],
    ["bytes that are not UTF-8", "customers", Uint8Array.of(0x22, 0xff, 0x22), "not-unicode", /UTF-8/],
    ["a raw null byte", "customers", '{"id":"a\0"}', "null-byte", /null byte/],
    ["an escaped null byte", "customers", '{"id":"a\\u0000"}', "null-byte", /null byte/],
    ["a null byte in a name", "customers", '{"id":"a","\\u0000":1}', "null-byte", /null byte/],
    ["half of a surrogate pair", "customers", '{"id":"a\\ud83d"}', "lone-surrogate", /surrogate/],
    ["a field twice", "customers", '{"id":"a","id":"b"}', "duplicate-field", /"id".*twice/],
    ["a field twice within", "events", event(',"properties":{"amount":1,"amount":2}'), "duplicate-field", /amount/],
    ["deep nesting", "customers", `{"id":"a","attributes":${deep}}`, "too-deep", /at most 8/],
    ["too many properties", "customers", `{"id":"a","attributes":${wide}}`, "too-many-fields", /at most 500/],
    ["a list that is too long", "customers", `[${"1,".repeat(1_500)}1]`, "too-many-items", /1,000/],
    ["a missing id", "customers", "{}", "missing-field", /"id" is missing/],
    ["an unknown field", "customers", '{"id":"a","atributes":{}}', "unknown-field", /"attributes"/],
    ["an id of 201 characters", "customers", `{"id":"${"x".repeat(201)}"}`, "id-too-long", /200/],
    ["an unknown attribute", "customers", '{"id":"a","attributes":{"pln":"x"}}', "unknown-attribute", /"plan"/],
    ["a value of another type", "customers", '{"id":"a","attributes":{"spend":"7"}}', "wrong-type", /"spend".*number/],
    ["a number that is none", "customers", '{"id":"a","attributes":{"spend":1e999}}', "wrong-type", /"spend"|spend/],
    [
      "a day that no calendar has",
      "customers",
      '{"id":"a","attributes":{"seen_at":"2026-02-31"}}',
      "wrong-type",
      /seen_at/,
    ],
    ["a set that holds numbers", "customers", '{"id":"a","attributes":{"tags":[1]}}', "wrong-type", /tags/],
    [
      "a text that is too long",
      "customers",
      `{"id":"a","attributes":{"plan":"${"x".repeat(10_001)}"}}`,
      "value-too-long",
      /10,000/,
    ],
    ["a computed attribute", "customers", '{"id":"a","attributes":{"orders":1}}', "computed-attribute", /events/],
    [
      "a score without its model",
      "customers",
      '{"id":"a","attributes":{"churn":1}}',
      "missing-model-version",
      /churn-v12/,
    ],
    [
      "a score of another version",
      "customers",
      '{"id":"a","model":"churn-v11","attributes":{"churn":1}}',
      "other-model-version",
      /churn-v12/,
    ],
    ["an unknown region", "customers", '{"id":"a","region":"ue"}', "unknown-region", /"eu"/],
    ["an unknown event type", "events", event("").replace("order", "ordr"), "unknown-event-type", /"order"/],
    ["an unknown property", "events", event(',"properties":{"amont":1}'), "unknown-property", /"amount"/],
    [
      "a property beyond what sums can hold",
      "events",
      event(',"properties":{"amount":1e300}'),
      "wrong-value",
      /amount/,
    ],
    ["an event of tomorrow", "events", event("").replace("21T11", "22T11"), "in-the-future", /5 minutes/],
    ["an event without an instant", "events", '{"id":"e","customerId":"c","type":"order"}', "missing-field", /"at"/],
    [
      "an instant that is none",
      "events",
      event("").replace("2026-11-21T11:00:00Z", "yesterday"),
      "wrong-type",
      /2026-/,
    ],
    [
      "an unknown purpose",
      "consents",
      statement(',"at":1').replace("marketing", "marketin"),
      "unknown-purpose",
      /"marketing"/,
    ],
    [
      "a state that there is not",
      "consents",
      statement(',"at":1').replace("granted", "given"),
      "wrong-value",
      /"state"/,
    ],
    ["a statement of tomorrow", "consents", statement(`,"at":${now + 600_000}`), "in-the-future", /5 minutes/],
    [
      "an unknown namespace",
      "identities",
      '{"customerId":"c","namespace":"emal","value":"a@x"}',
      "unknown-namespace",
      /"email"/,
    ],
    [
      "a value that is none of its namespace",
      "identities",
      '{"customerId":"c","namespace":"email","value":"a"}',
      "wrong-value",
      /"email"/,
    ],
  ])("%s", (_title, target, text, code, message) => {
    expect(read(target, text)).toEqual({ fault: { code, message: expect.stringMatching(message) } });
  });
});

describe("a line that fits", () => {
  test("of a customer carries values, statements and identities; null takes away", () => {
    const text = JSON.stringify({
      ...{ id: " a ", region: null, model: "churn-v12" },
      attributes: { plan: null, seen_at: "2026-11-21T13:00:00+02:00", tags: ["x", " x"], churn: 0.5 },
      consents: [{ purpose: "marketing", state: "objected", at: "2026-11-21T11:00:00.123456+00:00", text: "v3" }],
      identities: [{ namespace: "email", value: "a@x" }],
    });
    const seen_at = Date.parse("2026-11-21T11:00:00Z");
    const said = { customerId: "a", purpose: "marketing", state: "objected", at: seen_at + 123, source: "key:1" };
    expect(read("customers", text)).toEqual({
      item: {
        customerId: "a",
        change: { id: "a", region: null, attributes: { plan: null, seen_at, tags: ["x"], churn: 0.5 } },
        consents: [{ ...said, text: "v3" }],
        identities: [{ namespace: "email", value: "hash of a@x", customerId: "a" }],
      },
    });
  });

  test("of an event carries its properties, and may be five minutes ahead", () => {
    const at = now + 299_000;
    const text = `{"id":"e","customerId":"c","type":"order","at":${at},"properties":{"amount":-0}}`;
    const carried = { id: "e", customerId: "c", type: "order", at, properties: { amount: 0 } };
    expect(read("events", text)).toEqual({ item: { customerId: "c", event: carried, consents: [], identities: [] } });
  });
});

describe("a signal of the IAB's framework in place of a purpose and a state", () => {
  const at = "2026-11-21T11:00:00Z";
  const gpp = "DBACNYA~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA~1YNN";
  const signal = (more: object) => read("consents", JSON.stringify({ customerId: "c", at, ...more }));

  test("is a statement for each purpose that it is mapped to", () => {
    const statement = {
      customerId: "c",
      purpose: "marketing",
      state: "withdrawn",
      at: Date.parse(at),
      source: "key:1",
    };
    for (const given of [{ gpp }, { tcf: "CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA" }]) {
      expect(signal({ ...given, purposes: { 3: ["marketing"] } })).toEqual({
        item: { customerId: "c", identities: [], consents: [{ ...statement, text: "TCF policy 2, CMP 31" }] },
      });
    }
  });

  test.each([
    ["unreadable", { tcf: "nonsense", purposes: {} }, "unreadable-signal"],
    ["of another purpose", { gpp, purposes: { 3: ["nothing"] } }, "unknown-purpose"],
    ["without a mapping", { gpp }, "missing-field"],
    ["for a purpose that the framework does not have", { gpp, purposes: { 25: ["marketing"] } }, "wrong-value"],
    ["twice", { gpp, tcf: "x", purposes: {} }, "wrong-value"],
    ["with a state beside it", { gpp, purposes: {}, state: "granted" }, "unknown-field"],
  ])("is refused when %s", (_title, given, code) => {
    expect(signal(given)).toMatchObject({ fault: { code } });
  });
});
