import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createToken } from "../access/server/tokens";
import { closeDatabase, openDatabase } from "../server/database";
import { createGovernance, type Governance, type PersonName } from "../testing/governance";
import { caller, type RestAnswer } from "../testing/rest";

/** Over REST, each call with the token of the person who makes it. */
let world: Governance;
const people = ["viewer", "support", "author", "reviewer", "privacy", "operator", "admin", "admin2"] as const;
const as = new Map<PersonName, ReturnType<typeof caller>>();

beforeAll(async () => {
  world = await createGovernance();
  openDatabase(world.database.url);
  for (const name of people) {
    const { secret } = await createToken(world.as(name, new Date()), { name: "test" });
    as.set(name, caller(secret));
  }
});
afterAll(async () => {
  await closeDatabase();
  await world.close();
});

function call(name: PersonName, ...request: Parameters<ReturnType<typeof caller>>): Promise<RestAnswer> {
  const send = as.get(name);
  if (!send) throw new Error(`${name} has no token.`);
  return send(...request);
}

const policy = {
  ...{ name: "Two for archives", description: "", conditions: { archive: true }, enabled: true },
  ...{ asks: [{ role: "reviewer", count: 2 }], reason: "Agreed in the board." },
};

type Proposed = { change: { id: string; seen: string; state: string } };

async function proposed(name: PersonName, key: string): Promise<Proposed["change"]> {
  const answer = await call(name, "POST", "/api/v1/approval-policies", { ...policy, key });
  expect(answer).toMatchObject({ status: 202, body: { change: { state: "open", kind: "approval-policy" } } });
  return (answer.body as Proposed).change;
}

function decision(name: PersonName, { id, seen }: Proposed["change"], word: "apply" | "reject" = "apply") {
  return call(name, "POST", `/api/v1/changes/${id}/decision`, { decision: word, seen });
}

describe("a policy over REST", () => {
  test.each(people)("%s: who may propose one, and who may apply what an admin proposed", async (name) => {
    const may = { admin: true, admin2: true, privacy: true }[name as string] ?? false;
    const asked = await call(name, "POST", "/api/v1/approval-policies", { ...policy, key: `by-${name}` });
    expect(asked.status).toBe(may ? 202 : 403);
    const change = await proposed("admin", `for-${name}`);
    const answer = await decision(name, change);
    const expected = name === "admin" ? [403, "own-change"] : may ? [200, undefined] : [403, "missing-permission"];
    expect([answer.status, answer.body.code]).toEqual(expected);
    const { body } = await call("viewer", "GET", "/api/v1/approval-policies");
    const keys = (body as { items: { key: string }[] }).items.map(({ key }) => key);
    expect(keys.includes(`for-${name}`)).toBe(answer.status === 200);
  });

  test("is proposed whole by PUT, and not where there is none", async () => {
    const change = await proposed("admin", "put");
    await decision("privacy", change);
    const answer = await call("privacy", "PUT", "/api/v1/approval-policies/put", { ...policy, enabled: false });
    expect(answer).toMatchObject({
      ...{ status: 202, body: { change: { lines: [{ label: "In force", before: "yes", after: "no" }] } } },
    });
    expect((await call("privacy", "PUT", "/api/v1/approval-policies/none", policy)).status).toBe(404);
    expect((await call("privacy", "POST", "/api/v1/approval-policies", { ...policy, key: "put" })).status).toBe(409);
  });

  test("that asks for more people than there are is a proposal with a warning", async () => {
    const asks = [{ role: "privacy", count: 2 }];
    const answer = await call("admin", "POST", "/api/v1/approval-policies", { ...policy, key: "too-many", asks });
    expect(answer).toMatchObject({
      ...{ status: 202, body: { change: { findings: [{ code: "too-few-people", severity: "warning" }] } } },
    });
  });

  test("is simulated and compared by whoever may read, and nothing is stored", async () => {
    const facts = { criticality: "billing", labels: ["special"] };
    const simulated = await call("viewer", "POST", "/api/v1/approval-policies/simulation", { facts });
    expect(simulated).toMatchObject({ status: 200, body: { environments: [{ key: "staging", asks: [] }, {}] } });
    expect((await call("viewer", "POST", "/api/v1/approval-policies/simulation", {})).status).toBe(422);
    const compared = await call("viewer", "POST", "/api/v1/approval-policies/comparison", { policies: [] });
    expect(compared).toMatchObject({ status: 200, body: { findings: [{ code: "nothing-asked" }] } });
  });
});

describe("a change over REST", () => {
  test("is withdrawn by its author only, shown to all, and listed by state and kind", async () => {
    const { id } = await proposed("privacy", "withdrawn");
    expect((await call("admin", "POST", `/api/v1/changes/${id}/withdraw`)).body.code).toBe("not-yours");
    expect((await call("privacy", "POST", `/api/v1/changes/${id}/withdraw`)).status).toBe(200);
    expect(await call("viewer", "GET", `/api/v1/changes/${id}`)).toMatchObject({
      body: { change: { state: "withdrawn" } },
    });
    const listed = await call("viewer", "GET", "/api/v1/changes?state=withdrawn&kind=approval-policy");
    expect(listed).toMatchObject({ status: 200, body: { total: 1, items: [{ id }] } });
    expect((await call("viewer", "GET", "/api/v1/changes/installation")).status).toBe(404);
  });
});

describe("a new person over REST", () => {
  const ada = { email: "ada@x.test", name: "Ada", roles: ["reviewer"], team: "growth" };

  test("is added by an admin, may do nothing yet, and gets the roles from a second one", async () => {
    expect((await call("privacy", "POST", "/api/v1/people", ada)).status).toBe(403);
    const added = await call("admin", "POST", "/api/v1/people", ada);
    expect(added).toMatchObject({ status: 201, body: { password: expect.any(String), change: { state: "open" } } });
    const { id } = (added.body as { person: { id: string } }).person;
    const rolesOf = async () => (await world.database.db.person.findUniqueOrThrow({ where: { id } })).roles;
    expect(await rolesOf()).toEqual([]);
    const { change } = added.body as Proposed;
    expect((await decision("admin", change)).body.code).toBe("own-change");
    expect((await decision("admin2", change)).status).toBe(200);
    expect(await rolesOf()).toEqual(["reviewer"]);
    expect((await call("admin", "POST", "/api/v1/people", ada)).body.code).toBe("person-exists");
  });
});
