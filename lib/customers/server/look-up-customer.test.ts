import { afterAll, beforeAll, expect, test } from "vitest";
import type { Role } from "../../access/permissions";
import { customerSubject } from "../../audit/server/customer-subject";
import { createWorld, testActor, type World } from "../../testing/feed-fixture";
import type { Access } from "../access-purpose";
import { customerLookupSchema } from "../contract";
import { lookUpCustomer } from "./look-up-customer";
import { searchCustomers } from "./search-customers";

const pro = { attribute: "plan", operator: "equals" as const, value: "pro" };
let world: World;

beforeAll(async () => {
  world = await createWorld();
  await world.engine.upsert([
    {
      id: "007",
      region: "eu",
      consents: [],
      objections: [],
      attributes: { plan: "pro", spend: 10, email: "bond@mi6.test" },
    },
    { id: "008", region: "us", consents: [], objections: [], attributes: {} },
  ]);
  await world.release({ key: "strong", rule: pro, treatments: { pool: "gold" }, precedence: 9 });
  await world.release({ key: "weak", rule: pro, treatments: { pool: "tin", rate: 5 }, precedence: 1 });
  await world.release({ key: "needs-consent", rule: pro, purposes: ["marketing"] });
  await world.release({
    key: "one-off",
    rule: { all: [pro, { attribute: "spend", operator: "at_least", value: 11 }] },
  });
  await world.release({ key: "far-off", rule: { attribute: "plan", operator: "equals", value: "x" }, regions: ["us"] });
});
afterAll(() => world.close());

type Asked = { readonly roles?: Role[]; readonly asOf?: string; readonly access?: Access };

function lookUp(id: string, { roles = ["support"], asOf, access }: Asked = {}) {
  const ctx = { ...world.ctx, actor: { ...testActor, roles } };
  const input = { id, environment: "production", access: access ?? null, ...(asOf ? { asOf } : {}) };
  return lookUpCustomer(ctx, input, world.engine);
}

const complaint: Access = { purpose: "complaint", reference: "T-17" };

test("support sees segments with reasons, near misses, and the treatments that win", async () => {
  const found = customerLookupSchema.parse(await lookUp("007"));
  expect(found.revision).toBe(5);
  expect(found.segments.map(({ key, reason }) => [key, reason.summary])).toEqual([
    ["strong", "by rule"],
    ["weak", "by rule"],
  ]);
  expect(found.nearMisses.map(({ key, because, actual }) => [key, because, actual])).toEqual([
    ["needs-consent", "rule holds; consent for marketing is not granted", null],
    ["one-off", "fails only: Spend at least 11 EUR", "10"],
  ]);
  expect(found.treatments).toMatchObject([
    { name: "pool", value: "gold", from: { key: "strong" }, over: [{ key: "weak" }] },
    { name: "rate", value: 5, from: { key: "weak" }, over: [] },
  ]);
});

test("personal values are shown to who may see them and says what for, and to nobody else", async () => {
  const email = (found: Awaited<ReturnType<typeof lookUp>>) =>
    found.customer.attributes.find(({ key }) => key === "email");
  for (const asked of [{}, { access: complaint }, { roles: ["privacy"] }] satisfies Asked[]) {
    const masked = await lookUp("007", asked);
    expect(email(masked)).toMatchObject({ value: null, masked: true });
    expect(masked.customer.masked).toBe(true);
    expect(JSON.stringify(masked)).not.toContain("bond@");
  }
  const shown = await lookUp("007", { roles: ["privacy"], access: complaint });
  expect(email(shown)).toMatchObject({ value: "bond@mi6.test", masked: false });
});

test("the next look goes by what was released, switched off, named and covered meanwhile", async () => {
  const keys = async () => (await lookUp("007")).segments.map(({ key }) => key);
  const shown = async () => (await lookUp("007")).customer.attributes.find(({ key }) => key === "spend");
  await world.release({ key: "passing", rule: pro });
  expect(await keys()).toEqual(["passing", "strong", "weak"]);
  await world.release({ key: "passing", rule: pro, killed: true });
  expect(await keys()).toEqual(["strong", "weak"]);
  const attribute = { where: { key: "spend" } };
  const before = await world.db.attribute.findUniqueOrThrow(attribute);
  expect(await shown()).toMatchObject({ value: 10, masked: false });
  await world.db.attribute.update({ ...attribute, data: { labels: ["personal"], name: "Outlay" } });
  expect(await shown()).toMatchObject({ value: null, masked: true, name: "Outlay" });
  await world.db.attribute.update({ ...attribute, data: { labels: before.labels, name: before.name } });
  expect(await shown()).toMatchObject({ value: 10, masked: false, name: before.name });
});

test("each look is recorded under the customer's keyed hash, with what was shown unmasked and what for", async () => {
  const subjectId = await customerSubject(world.db, "008");
  const looks = () => world.db.auditEntry.findMany({ where: { subjectId }, orderBy: { sequence: "asc" } });
  await lookUp("008");
  expect(await looks()).toMatchObject([
    { action: "customer.looked-up", after: { environment: "production", unmasked: [] } },
  ]);
  const before = await world.db.auditEntry.count();
  await lookUp("007", { roles: ["privacy"], access: complaint });
  const last = await world.db.auditEntry.findFirstOrThrow({ orderBy: { sequence: "desc" } });
  expect(last.after).toEqual({ environment: "production", unmasked: ["email"], access: complaint });
  expect(last.subjectId).not.toContain("007");
  expect(await world.db.auditEntry.count()).toBe(before + 1);
});

test("who may not look is refused, a stranger is not found, and nobody is known as of later", async () => {
  await expect(lookUp("007", { roles: ["author", "reviewer", "operator"] })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(lookUp("009")).rejects.toMatchObject({ code: "not-found" });
  await expect(lookUp("007", { asOf: "2027-01-01T00:00:00Z" })).rejects.toMatchObject({ reason: "as-of-later" });
  await expect(lookUp("007", { asOf: world.ctx.now.toISOString() })).resolves.toBeDefined();
});

test("ids are found by their beginning", async () => {
  expect(await searchCustomers(world.ctx, "00", world.engine)).toEqual({
    items: [{ id: "007" }, { id: "008" }],
    population: 2,
  });
  expect((await searchCustomers(world.ctx, "7", world.engine)).items).toEqual([]);
});

test("an id is found as it is stored, in NFC or not", async () => {
  await world.engine.upsert(
    ["Zoe\u0308", "Zo\u00eb"].map((id) => ({ id, consents: [], objections: [], attributes: {} })),
  );
  for (const id of ["Zoe\u0308", "Zo\u00eb"])
    expect((await searchCustomers(world.ctx, id, world.engine)).items).toEqual([{ id }]);
});
