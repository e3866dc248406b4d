import { afterAll, beforeAll, expect, test } from "vitest";
import type { Role } from "../../access/permissions";
import { customerSubject } from "../../audit/server/customer-subject";
import type { Profile } from "../../rules/definition";
import { createWorld, testActor, type World } from "../../testing/feed-fixture";
import { findCustomer } from "./find-customer";
import { linkIdentity, listIdentities, unlinkIdentity } from "./identities";
import { listMerges, mergeCustomers, unmergeCustomers } from "./merge-customers";
import { previewMerge } from "./preview-merge";
import { searchCustomers } from "./search-customers";

const reason = "The same person.";
const plan = (value: string) => ({ attribute: "plan", operator: "equals" as const, value });
const attributes: Record<string, Profile["attributes"]> = { a: { plan: "free", spend: 9 }, b: { plan: "pro" } };
let world: World;

beforeAll(async () => {
  world = await createWorld();
  await world.engine.upsert(
    ["a", "b", "c", "d"].map((id) => ({
      ...{ id, region: "eu", objections: [] },
      consents: id === "a" ? [] : ["marketing"],
      attributes: { plan: "x", ...attributes[id] },
    })),
  );
  await world.release({ key: "pro", rule: plan("pro") });
  await world.release({ key: "free", rule: plan("free") });
  await world.release({ key: "spenders", rule: { attribute: "spend", operator: "at_least", value: 5 } });
  await world.release({ key: "mailed", rule: plan("pro"), purposes: ["marketing"] });
});
afterAll(() => world.close());

function as(roles: Role[]) {
  return { ...world.ctx, actor: { ...testActor, roles } };
}

function following() {
  const touched: (readonly string[])[] = [];
  return { engine: world.engine, touched, touch: (ids: readonly string[]) => void touched.push(ids) };
}

test("what a merge does to membership is shown before it is done", async () => {
  const preview = await previewMerge(
    as(["privacy"]),
    { from: "a", into: "b", environment: "production" },
    world.engine,
  );
  const keys = (list: { key: string }[]) => list.map(({ key }) => key);
  expect([preview.stays, preview.enters, preview.leaves, preview.lost].map(keys)).toEqual([
    ["pro"],
    ["spenders"],
    ["mailed"],
    ["free"],
  ]);
  expect(preview).toMatchObject({ withdrawn: ["marketing"], gained: ["spend"] });
  expect(await world.engine.get("a")).not.toBeNull();
});

test("a merge and its parting are recorded by keyed hash, and membership is told of both", async () => {
  const told = following();
  const { merge } = await mergeCustomers(as(["privacy"]), { from: "a", into: "b", reason }, told);
  expect(merge).toMatchObject({ from: "a", into: "b", mergedBy: "Admin", undoneAt: null });
  expect((await world.engine.get("b"))?.attributes).toEqual({ plan: "pro", spend: 9 });
  expect(await mergeCustomers(as(["admin"]), { from: "a", into: "b", reason: "again" }, told)).toEqual({ merge });
  const entry = await world.db.auditEntry.findFirstOrThrow({ orderBy: { sequence: "desc" } });
  expect(entry).toMatchObject({ action: "customer.merged", subjectId: await customerSubject(world.db, "b") });
  expect(entry.after).toMatchObject({ from: await customerSubject(world.db, "a"), reason });

  const parted = await unmergeCustomers(as(["privacy"]), merge.id, told);
  expect(parted.merge.undoneAt).not.toBeNull();
  expect((await world.engine.get("a"))?.attributes).toEqual({ plan: "free", spend: 9 });
  expect((await listMerges(as(["support"]), "b")).items).toEqual([parted.merge]);
  expect(told.touched).toEqual([
    ["a", "b"],
    ["a", "b"],
    ["a", "b"],
  ]);
});

test("what was cut off between the record and the store is completed by the same call again", async () => {
  const failing = { ...following(), engine: { ...world.engine, merge: () => Promise.reject(new Error("no disk")) } };
  const input = { from: "c", into: "d", reason };
  await expect(mergeCustomers(as(["privacy"]), input, failing)).rejects.toThrow("no disk");
  const { merge } = await mergeCustomers(as(["privacy"]), input, following());
  expect(await world.engine.get("c")).toBeNull();
  expect((await listMerges(as(["support"]), "c")).items).toHaveLength(1);
  await unmergeCustomers(as(["privacy"]), merge.id, following());
});

test("what was merged last is parted first", async () => {
  const first = await mergeCustomers(as(["privacy"]), { from: "a", into: "b", reason }, following());
  const second = await mergeCustomers(as(["privacy"]), { from: "c", into: "b", reason }, following());
  const third = await mergeCustomers(as(["privacy"]), { from: "b", into: "d", reason }, following());
  for (const { merge } of [first, second])
    await expect(unmergeCustomers(as(["privacy"]), merge.id, following())).rejects.toMatchObject({
      reason: "merged-since",
    });
  await expect(mergeCustomers(as(["privacy"]), { from: "a", into: "d", reason }, following())).rejects.toThrow();
  for (const { merge } of [third, second, first]) await unmergeCustomers(as(["privacy"]), merge.id, following());
});

test("only privacy and admins merge, part, link and unlink", async () => {
  const others = as(["viewer", "support", "author", "reviewer", "operator"]);
  const identity = { customerId: "a", namespace: "device", value: "d", reason };
  for (const attempt of [
    () => mergeCustomers(others, { from: "a", into: "b", reason }, following()),
    () => previewMerge(others, { from: "a", into: "b", environment: "production" }, world.engine),
    () => unmergeCustomers(others, "x", following()),
    () => linkIdentity(others, identity, world.engine),
    () => unlinkIdentity(others, identity, world.engine),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
});

test("an e-mail address finds its customer however it is written, and is kept nowhere", async () => {
  const address = "Zoe@Example.test ";
  const linked = await linkIdentity(
    as(["privacy"]),
    { customerId: "a", namespace: "email", value: address, reason },
    world.engine,
  );
  expect(linked.items).toMatchObject([{ namespace: "email", hashed: true }]);
  expect(JSON.stringify(linked)).not.toMatch(/zoe/i);
  expect(await findCustomer(world.db, world.engine, "email:zoe@example.TEST")).toBe("a");
  const found = await searchCustomers(as(["support"]), " email:zoe@example.test", world.engine);
  expect(found.items).toEqual([{ id: "a" }]);
  const entry = await world.db.auditEntry.findFirstOrThrow({ orderBy: { sequence: "desc" } });
  expect(entry).toMatchObject({ action: "customer.identity-linked", after: { namespace: "email", reason } });
  expect(JSON.stringify(entry, (_, value) => (typeof value === "bigint" ? Number(value) : value))).not.toMatch(/zoe/i);
  await expect(
    linkIdentity(as(["privacy"]), { customerId: "b", namespace: "email", value: address, reason }, world.engine),
  ).rejects.toMatchObject({ reason: "identity-taken" });
  const [item] = linked.items;
  await unlinkIdentity(
    as(["privacy"]),
    { customerId: "a", namespace: "email", value: item?.value ?? "", reason },
    world.engine,
  );
  await expect(findCustomer(world.db, world.engine, "email:zoe@example.test")).rejects.toMatchObject({
    code: "not-found",
  });
});

test("a namespace that there is not, or no identifier, is said to be so", async () => {
  await expect(findCustomer(world.db, world.engine, "mail:x")).rejects.toMatchObject({ reason: "unknown-namespace" });
  await expect(findCustomer(world.db, world.engine, "x")).rejects.toMatchObject({ reason: "not-an-identifier" });
  expect((await listIdentities(as(["support"]), "a", world.engine)).items).toEqual([]);
});
