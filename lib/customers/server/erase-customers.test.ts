import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Role } from "../../access/permissions";
import { customerSubject } from "../../audit/server/customer-subject";
import { createList } from "../../lists/server/create-list";
import { uploadList } from "../../lists/server/upload-list";
import { createTestKey, createWorld, serveFeed, testActor, type World } from "../../testing/feed-fixture";
import { listRequests, openRequest, settleRequest } from "./data-requests";
import { type ErasingEngine, eraseCustomers } from "./erase-customers";
import { mergeCustomers } from "./merge-customers";
import { writeAccessDocument } from "./write-access-document";

const customers = Array.from({ length: 110 }, (_, n) => `person-${n}x`);
const erased = customers.slice(0, 100);
const spend = { attribute: "spend", operator: "at_least" as const, value: 0 };
let world: World;
let folder: string;
const rejects = () => join(folder, "imports", "one", "rejects.csv");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "steward-erasures-"));
  process.env.STEWARD_DATA = folder;
  world = await createWorld();
  await world.engine.ingest(
    {
      changes: customers.map((id) => ({ id, region: "eu", attributes: { spend: 1, email: `${id}@x.test` } })),
      consents: customers.map((customerId) => ({
        ...{ customerId, purpose: "marketing", state: "granted", at: 1, source: "web", text: "v1" },
      })),
      identities: customers.map((customerId) => ({
        namespace: "device",
        value: `device of ${customerId}`,
        customerId,
      })),
    },
    2,
  );
  const include = customers.map((customerId) => ({ customerId, reason: "" }));
  await world.release({ key: "by-hand", rule: spend, include });
  await createList(privacyAndMore(), { key: "press", name: "Press", description: "" });
  await uploadList(privacyAndMore(), { key: "press", text: customers.join("\n"), mode: "replace", basedOn: 0 });
  await mkdir(join(folder, "imports", "one"), { recursive: true });
  const lines = [
    `1,${erased[0]},spend,x,not-a-number,"""x"" is no number"`,
    `2,${customers.at(-1)},spend,y,not-a-number,no`,
  ];
  await writeFile(rejects(), `line,customer,column,value,code,message\n${lines.join("\n")}\n`);
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

function as(roles: Role[]) {
  return { ...world.ctx, actor: { ...testActor, roles } };
}
const privacyAndMore = () => as(["privacy", "author", "admin"]);

/** Tables of the record that hold the text anywhere in a row. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await world.db.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`;
  const found: string[] = [];
  for (const { name } of tables) {
    const sql = `SELECT count(*)::int AS rows FROM "${name}" t WHERE position($1 IN t::text) > 0`;
    const [row] = await world.db.$queryRawUnsafe<{ rows: number }[]>(sql, text);
    if (row && row.rows > 0) found.push(name);
  }
  return found;
}

async function engineFileHolds(text: string): Promise<boolean> {
  const reader = await world.engine.connect();
  const [row] = (await reader.runAndReadAll("SELECT path FROM duckdb_databases() WHERE path IS NOT NULL")).getRows();
  reader.closeSync();
  const path = String(row?.[0]);
  const files = [path, `${path}.wal`].filter((file) => existsSync(file));
  return (await Promise.all(files.map((file) => readFile(file)))).some((bytes) => bytes.includes(text));
}

test("who asked is given everything that is kept of them, and it says where from", async () => {
  const { request } = await openRequest(
    as(["privacy"]),
    { kind: "access", customer: "person-3x", note: "" },
    world.engine,
  );
  expect(request).toMatchObject({ kind: "access", state: "open", dueAt: "2026-05-31T00:00:00.000Z", overdue: false });
  const document = await writeAccessDocument(as(["privacy"]), request.id, world.engine);
  expect(document.profile.attributes).toContainEqual({
    ...{ key: "email", name: "E-mail", source: "stored", value: "person-3x@x.test" },
  });
  expect(document.consents.items).toMatchObject([{ purpose: "marketing", source: "web", text: "v1" }]);
  expect(document.identities.items).toEqual([{ namespace: "device", value: "device of person-3x" }]);
  expect(document.lists.items).toEqual([{ list: "press", version: 1 }]);
  expect(document.looks.items.map(({ action }) => action)).toEqual(["data-request.opened", "data-request.exported"]);
  await settleRequest(as(["admin"]), { id: request.id, state: "done", note: "Sent by post." });
  await expect(settleRequest(as(["admin"]), { id: request.id, state: "done", note: "" })).rejects.toMatchObject({
    reason: "request-settled",
  });
});

test("only privacy and admins open, see and settle requests", async () => {
  const others = as(["viewer", "support", "author", "reviewer", "operator"]);
  for (const attempt of [
    () => listRequests(others),
    () => openRequest(others, { kind: "erasure", customer: "person-1x", note: "" }, world.engine),
    () => settleRequest(others, { id: "x", state: "done", note: "" }),
    () => writeAccessDocument(others, "x", world.engine),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
});

test("nobody but an open erasure with its entry in the audit puts a hash in the place of an id", async () => {
  const hash = await customerSubject(world.db, "nobody-1x");
  const hide = () => world.db.$queryRaw`SELECT "hideCustomer"('nobody-1x', ${hash})`;
  await expect(hide()).rejects.toThrow(/erasure is open/);
  const [receivedAt, dueAt, erasedAt] = [world.ctx.now, world.ctx.now, world.ctx.now];
  const request = await world.db.dataRequest.create({
    data: {
      kind: "erasure",
      customerId: "nobody-1x",
      customerHash: hash,
      receivedAt,
      dueAt,
      createdById: testActor.id,
    },
  });
  await world.db.erasedCustomer.create({ data: { customerHash: hash, requestId: request.id, erasedAt } });
  await expect(hide()).rejects.toThrow(/erasure is open/);
  await world.db.dataRequest.update({ where: { id: request.id }, data: { state: "refused" } });
});

test("100 erased customers are found nowhere, and everybody else is as before", async () => {
  const { secret } = await createTestKey(world.ctx);
  const feed = await serveFeed(world);
  const pull = async () =>
    (await fetch(`${feed.url}/production/bundle`, { headers: { authorization: `Bearer ${secret}` } })).text();
  try {
    expect(await pull()).toContain("person-7x");
    const merged = { from: "person-98x", into: "person-99x", reason: "The same person." };
    await mergeCustomers(as(["privacy"]), merged, { engine: world.engine, touch: () => undefined });
    for (const customer of erased.filter((id) => id !== "person-98x"))
      await openRequest(as(["privacy"]), { kind: "erasure", customer, note: "" }, world.engine);

    let busy = true;
    const engine: ErasingEngine = {
      ...world.engine,
      erase: (ids) => (busy ? Promise.reject(new Error("busy")) : world.engine.erase(ids)),
    };
    await expect(eraseCustomers(() => engine)(world.db, world.ctx.now)).rejects.toThrow("busy");
    busy = false;
    await eraseCustomers(() => engine)(world.db, world.ctx.now);
    await eraseCustomers(() => engine)(world.db, world.ctx.now);

    for (const id of ["person-0x", "person-7x", "person-98x", "person-99x"]) {
      expect(await tablesWith(id)).toEqual([]);
      expect(await engineFileHolds(id)).toBe(false);
    }
    expect(new Set(Object.values(await world.engine.traces(erased)))).toEqual(new Set([0]));
    await expect.poll(pull, { timeout: 10_000 }).not.toContain("person-7x");
    const bundle = await pull();
    expect(erased.filter((id) => bundle.includes(`"${id}"`))).toEqual([]);
    expect(bundle).toContain("person-101x");
    expect(await readFile(rejects(), "utf8")).not.toContain("person-0x");
    expect(await readFile(rejects(), "utf8")).toContain("person-109x");
    expect(await world.engine.population()).toBe(10);
    expect(await tablesWith("person-105x")).toEqual(expect.arrayContaining(["ManagedListVersion", "Release"]));
  } finally {
    await feed.close();
  }
});

test("an erasure ends with a proof of what was found and what a search found afterwards", async () => {
  const customerHash = await customerSubject(world.db, "person-7x");
  const { items } = await listRequests(as(["privacy"]));
  const request = items.find((each) => each.customerHash === customerHash);
  expect(request).toMatchObject({ kind: "erasure", state: "done", customer: null });
  expect(request?.proof?.found).toMatchObject({ profiles: 1, statements: 1, identities: 1, lists: 1, releases: 1 });
  expect(new Set(Object.values(request?.proof?.left ?? {}))).toEqual(new Set([0]));
  const entry = await world.db.auditEntry.findFirst({ where: { subjectId: customerHash, action: "customer.erased" } });
  expect(entry).toMatchObject({ actorName: "Steward" });
  const revisions = await world.db.revision.findMany({ where: { kind: "erasure", environmentKey: "production" } });
  expect(revisions).toHaveLength(4);
  await expect(
    openRequest(as(["privacy"]), { kind: "erasure", customer: "person-7x", note: "" }, world.engine),
  ).rejects.toMatchObject({ code: "not-found" });
});

test("nobody who was erased is put on a list again", async () => {
  const upload = { key: "press", text: "person-7x\nperson-105x", mode: "replace" as const, basedOn: 1 };
  await expect(uploadList(privacyAndMore(), upload)).rejects.toMatchObject({
    ...{ reason: "erased-customers", detail: { customers: ["person-7x"] } },
  });
});

test("who has events and no profile can be erased too", async () => {
  const consents = [
    { customerId: "unknown-1x", purpose: "marketing", state: "granted", at: 1, source: "web" },
  ] as const;
  await world.engine.ingest({ consents }, 2);
  await openRequest(as(["privacy"]), { kind: "erasure", customer: "unknown-1x", note: "" }, world.engine);
  await eraseCustomers(() => world.engine)(world.db, world.ctx.now);
  expect((await world.engine.traces(["unknown-1x"])).statements).toBe(0);
});
