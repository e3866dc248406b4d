import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createToken } from "../access/server/tokens";
import { closeDatabase, openDatabase } from "../server/database";
import { createGovernance, documentOf, type Governance } from "../testing/governance";
import { releasedRule } from "../testing/referring";
import { caller, send } from "../testing/rest";
import { bodyOf, type RuleBomb, ruleBombs } from "../testing/rule-bombs";
import { type Problem, problemSchema } from "./problem";

let world: Governance;
let attacker: string;
let other: ReturnType<typeof caller>;
const cycle = ["ring-a", "ring-b", "ring-c"] as const;

beforeAll(async () => {
  world = await createGovernance();
  openDatabase(world.database.url);
  const plain = { attribute: "plan", operator: "is_set" } as const;
  await releasedRule(world, "ring-a", plain);
  await releasedRule(world, "ring-c", { segment: "ring-a", operator: "member" });
  await releasedRule(world, "ring-b", { segment: "ring-c", operator: "member" });
  const tokenOf = async (name: "author" | "author2") =>
    (await createToken(world.as(name, new Date()), { name: "test" })).secret;
  attacker = await tokenOf("author");
  other = caller(await tokenOf("author2"));
});
afterAll(async () => {
  await closeDatabase();
  await world.close();
});

async function post(path: string, body: string, type = "application/json") {
  const headers = { authorization: `Bearer ${attacker}`, "content-type": type };
  const response = await send(new Request(`http://steward.test${path}`, { method: "POST", headers, body }));
  return { response, text: await response.text() };
}

async function refusalOf({ body }: RuleBomb): Promise<Problem> {
  const { response, text } = await post("/api/v1/previews", body);
  expect([413, 422]).toContain(response.status);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(text.length).toBeLessThan(50_000);
  return problemSchema.parse(JSON.parse(text));
}

function saysWhy({ code, findings = [] }: Problem, bomb: RuleBomb): boolean {
  const blocking = findings.filter(({ severity }) => severity === "blocking");
  if (blocking.some(({ message, resolution }) => message === "" || resolution === "")) return false;
  const found = blocking.filter((finding) => bomb.code.test(finding.code));
  if (bomb.path !== undefined) return found.some(({ path }) => path === bomb.path);
  return found.length > 0 || bomb.code.test(code);
}

const bombs = ruleBombs(cycle);
const kinds = [...Map.groupBy(bombs, ({ kind }) => kind)];

test("there are 500 bombs", () => expect(bombs).toHaveLength(500));

describe("a preview refuses, with what is wrong and where,", () => {
  test.each(kinds)("%s", async (_kind, these) => {
    const silent: string[] = [];
    for (const bomb of these) {
      const problem = await refusalOf(bomb);
      if (!saysWhy(problem, bomb))
        silent.push(`${bomb.body.slice(90, 250)} → ${JSON.stringify(problem).slice(0, 400)}`);
    }
    expect(silent).toEqual([]);
  });
});

test("while one person sends bombs, another's previews are answered", async () => {
  const document = documentOf("mine");
  const thrown = (async () => {
    for (const bomb of bombs.filter((_, index) => index % 5 === 0)) await refusalOf(bomb);
  })();
  let isOver = false;
  void thrown.finally(() => {
    isOver = true;
  });
  let answered = 0;
  do {
    const { status, body } = await other("POST", "/api/v1/previews", { document });
    expect([status, body.members]).toEqual([200, 160]);
    answered += 1;
  } while (!isOver);
  await thrown;
  expect(answered).toBeGreaterThan(0);
});

describe("what is large but sound passes", () => {
  const values = (condition: number) => Array.from({ length: 1_000 }, (_, index) => `value ${condition} ${index}`);
  const customers = (letter: string) =>
    Array.from({ length: 10_000 }, (_, index) => ({ customerId: `${letter}${index}`, reason: "asked for it" }));

  test("a rule of 200 conditions with 1,000 values each", async () => {
    const all = Array.from({ length: 200 }, (_, index) => ({
      ...{ attribute: "plan", operator: "not_in", value: values(index) },
    }));
    expect((await post("/api/v1/previews", bodyOf(JSON.stringify({ all })))).response.status).toBe(200);
  });

  test("lists by hand of 10,000 customers each", async () => {
    const rule = { attribute: "plan", operator: "is_set" };
    const definition = { rule, include: customers("i"), exclude: customers("e") };
    const body = JSON.stringify({ document: documentOf("listed", { definition }) });
    expect((await post("/api/v1/previews", body)).response.status).toBe(200);
    expect((await post("/api/v1/segments", body)).response.status).toBe(201);
  });

  test("a managed list of 100,000 customers, as JSON and as text", async () => {
    await post("/api/v1/lists", JSON.stringify({ key: "many", name: "Many" }));
    const ids = Array.from(
      { length: 100_000 },
      (_, index) => `0191b2c4-7f1a-7c3e-9d2b-${String(index).padStart(12, "0")}`,
    );
    const entries = ids.map((customerId) => ({ customerId, expiresAt: "2030-12-31T23:59:59Z" }));
    const json = await post("/api/v1/lists/many/versions", JSON.stringify({ mode: "replace", basedOn: 0, entries }));
    expect([json.response.status, JSON.parse(json.text)]).toMatchObject([201, { accepted: 100_000, rejected: 0 }]);
    const text = await post("/api/v1/lists/many/versions?mode=replace&basedOn=1", ids.join("\n"), "text/csv");
    expect([text.response.status, JSON.parse(text.text)]).toMatchObject([201, { accepted: 100_000, changed: true }]);
  });
});

describe("a list's upload refuses unparsed", () => {
  const upload = (body: string) => post("/api/v1/lists/any/versions", body);
  const cases: [title: string, body: () => string, code: string][] = [
    ["more entries than a list holds", () => `{"entries":[${"0,".repeat(100_001)}0]}`, "too-many-items"],
    ["entries nested deep", () => `{"entries":${"[".repeat(50_000)}`, "too-deep"],
    ["a body of 33 MiB", () => `{"text":"${"x".repeat(33 * 1024 * 1024)}"}`, "too-large"],
    [
      "an entry with too many fields",
      () => `{"entries":[{${Array.from({ length: 2_000 }, (_, i) => `"k${i}":0`).join(",")}}]}`,
      "too-many-fields",
    ],
  ];
  test.each(cases)("%s", async (_title, body, code) => {
    const { response, text } = await upload(body());
    expect([response.status, JSON.parse(text).code]).toEqual([422, code]);
  });
});
