import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { GET as REJECTS } from "@/app/api/v1/imports/[id]/rejects/route";
import { DELETE, GET } from "@/app/api/v1/imports/[id]/route";
import { POST as PREVIEW } from "@/app/api/v1/imports/preview/route";
import { GET as LIST, POST } from "@/app/api/v1/imports/route";
import type { Role } from "../../access/permissions";
import { createToken } from "../../access/server/tokens";
import { verifyAudit } from "../../audit/server/verify-audit";
import { createAttributeSchema } from "../../catalogue/contract";
import { closeEngine, getEngine, openEngine } from "../../engine/server/engine-instance";
import { createEventTypeSchema } from "../../events/contract";
import { createEventType } from "../../events/server/create-event-type";
import { defineAttribute } from "../../events/server/define-attribute";
import { closeDatabase, openDatabase } from "../../server/database";
import { createWorld, type World } from "../../testing/feed-fixture";
import type { Import } from "../contract";
import { failInterruptedImports } from "./recover-imports";

let world: World;
let folder: string;
const tokens = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "steward-imports-"));
  process.env.STEWARD_DATA = folder;
  world = await createWorld();
  openDatabase(world.url);
  await openEngine(join(folder, "customers.duckdb"));
  for (const role of ["author", "operator", "privacy", "viewer"] as const) tokens.set(role, await tokenOf(role));
  await world.release({ key: "with-plan", rule: { attribute: "plan", operator: "is_set" } });
});
afterAll(async () => {
  expect(await verifyAudit(world.db)).toMatchObject({ ok: true });
  await closeEngine();
  await closeDatabase();
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

async function tokenOf(role: Role): Promise<string> {
  const person = await world.db.person.create({ data: { email: `${role}@x.test`, name: role, roles: [role] } });
  const actor = { ...world.ctx.actor, id: person.id, roles: [role] };
  return (await createToken({ ...world.ctx, actor }, { name: "test" })).secret;
}

const mapping = {
  target: "customers",
  id: "customer",
  region: "country",
  attributes: { plan: { key: "plan", type: "string" }, spend: { key: "spend", type: "number" } },
};

const eventMapping = {
  ...{ target: "events", event: "order", id: "id", customer: "who" },
  ...{ at: { column: "at", format: "unix_seconds" }, properties: {} },
};

function call(role: string, method: string, body?: FormData | Blob) {
  const headers = { authorization: `Bearer ${tokens.get(role)}` };
  return new Request("http://a.test/api/v1/imports", { method, headers, ...(body ? { body } : {}) });
}

function at(id = "") {
  return { params: Promise.resolve({ id }) };
}

function form(file: string | Uint8Array<ArrayBuffer>, fileName = "people.csv", mapped: object | null = mapping) {
  const data = new FormData();
  if (mapped) data.append("mapping", JSON.stringify(mapped));
  data.append("file", new Blob([file]), fileName);
  return data;
}

async function ended(id: string, role = "author"): Promise<Import> {
  return vi.waitFor(async () => {
    const answer = (await (await GET(call(role, "GET"), at(id))).json()) as { import: Import };
    expect(answer.import.state).not.toBe("running");
    return answer.import;
  }, 10_000);
}

async function start(data: FormData, role = "author"): Promise<Import> {
  const response = await POST(call(role, "POST", data), at());
  const answer = (await response.json()) as { import: Import };
  expect([response.status, answer]).toEqual([202, expect.anything()]);
  return answer.import;
}

test("a file goes through the route: good rows in, bad rows told of, members counted, all of it recorded", async () => {
  const csv = "customer,country,plan,spend\n0,eu,pro,1.5\n007,us,,\n9,eu,pro,much\n0,eu,basic,2\n";
  const started = await start(form(csv));
  expect(started).toMatchObject({ fileName: "people.csv", createdBy: { name: "author" }, bytes: csv.length });
  const done = await ended(started.id);
  expect(done).toMatchObject({ state: "succeeded", format: "csv", rows: 4, accepted: 3, updated: 1, rejected: 1 });
  expect(done.rejects).toMatchObject([{ line: 4, code: "not-a-number" }]);
  expect(await getEngine().get("007")).toMatchObject({ id: "007", region: "us", attributes: {} });
  expect(await getEngine().get("0")).toMatchObject({ attributes: { plan: "basic", spend: 2 } });
  const actions = await world.db.auditEntry.findMany({
    where: { subjectId: started.id },
    orderBy: { sequence: "asc" },
  });
  expect(actions.map(({ action }) => action)).toEqual(["import.started", "import.succeeded"]);
  await vi.waitFor(async () => expect(await world.db.memberCount.findFirst()).toMatchObject({ members: 1 }), 5_000);
  expect(await readdir(join(folder, "imports", started.id))).toEqual(["rejects.csv"]);
});

test("customers who are new have their computed attributes once they are imported", async () => {
  const eventType = createEventTypeSchema.parse({ key: "order", name: "Order" });
  await createEventType(world.ctx, eventType, getEngine());
  const computation = { event: "order", aggregate: "count" };
  const orders = { key: "orders", name: "Orders", type: "number", source: "computed", computation };
  await defineAttribute(world.ctx, createAttributeSchema.parse(orders), getEngine());
  const events = await start(form("id,who,at\n1,buyer,100\n2,,100\n", "events.csv", eventMapping));
  expect(await ended(events.id)).toMatchObject({ target: "events", accepted: 1, rejected: 1, updated: 0 });
  await ended((await start(form("customer,country,plan,spend\nbuyer,eu,,\nlooker,eu,,\n"))).id);
  await vi.waitFor(async () => {
    expect((await getEngine().get("buyer"))?.attributes).toEqual({ orders: 1 });
    expect((await getEngine().get("looker"))?.attributes).toEqual({ orders: 0 });
  }, 5_000);
});

test("rejects quote values, so only who chose the file and who may see personal data gets them", async () => {
  const started = await start(
    form("customer,country,spend\n1,eu,secret-value\n", "x.csv", {
      ...mapping,
      attributes: { spend: mapping.attributes.spend },
    }),
  );
  expect((await ended(started.id)).rejects).toHaveLength(1);
  const csv = await REJECTS(call("author", "GET"), at(started.id));
  expect(csv.headers.get("content-type")).toContain("text/csv");
  expect(await csv.text()).toContain("secret-value");
  expect((await REJECTS(call("operator", "GET"), at(started.id))).status).toBe(404);
  expect(await ended(started.id, "operator")).toMatchObject({ rejected: 1, rejects: [] });
});

test("an attribute that the catalogue lacks is added by who may, when the import succeeds; others are refused", async () => {
  const more = { ...mapping, attributes: { "Loyalty points": { key: "loyalty", type: "number" } } };
  const csv = "customer,country,Loyalty points\n1,eu,5\n";
  const refused = await POST(call("operator", "POST", form(csv, "x.csv", more)), at());
  expect([refused.status, await refused.json()]).toMatchObject([403, { code: "unknown-attribute" }]);
  expect(await world.db.attribute.findUnique({ where: { key: "loyalty" } })).toBeNull();
  await ended((await start(form(csv, "x.csv", more))).id);
  expect(await world.db.attribute.findUnique({ where: { key: "loyalty" } })).toMatchObject({ name: "Loyalty points" });
});

test("names that a character is cut through by their bounds are kept, and the import is what it says", async () => {
  const column = `${"c".repeat(119)}😀`;
  const mapped = { id: "customer", attributes: { [column]: { key: "cut_name", type: "string" } } };
  const started = await start(form(`customer,${column}\n77,x\n`, `${"f".repeat(199)}😀.csv`, mapped));
  expect(await ended(started.id)).toMatchObject({ state: "succeeded", accepted: 1, error: null });
  expect(await world.db.attribute.findUnique({ where: { key: "cut_name" } })).not.toBeNull();
});

test("a mapping with text that no database takes is refused", async () => {
  const mapped = { id: "customer", attributes: { "a\0": { key: "plan", type: "string" } } };
  const response = await POST(call("author", "POST", form("customer\n1\n", "a.csv", mapped)), at());
  expect([response.status, await response.json()]).toMatchObject([422, { code: "unfit-text" }]);
});

describe("what cannot be imported is refused with a reason and changes nothing", () => {
  const cases: [string, () => FormData, number, string][] = [
    ["an empty file", () => form(""), 422, "empty-file"],
    ["a header alone", () => form("customer,country\n"), 422, "no-rows"],
    ["a binary", () => form(new Uint8Array([0, 1, 2, 3, 0, 255, 254, 0])), 422, "binary-file"],
    [
      "a truncated gzip",
      () => form(new Uint8Array(gzipSync("customer\n1\n").subarray(0, 20)), "a.csv.gz"),
      422,
      "damaged-gzip",
    ],
    ["a missing id column", () => form("id,country\n1,eu\n"), 422, "missing-column"],
    ["no mapping", () => form("customer\n1\n", "a.csv", null), 422, "no-mapping"],
    [
      "an unknown field in the mapping",
      () => form("customer\n1\n", "a.csv", { ...mapping, more: 1 }),
      422,
      "invalid-mapping",
    ],
    [
      "an attribute read as another type",
      () =>
        form("customer,plan\n1,2\n", "a.csv", { ...mapping, attributes: { plan: { key: "plan", type: "number" } } }),
      422,
      "attribute-type-changed",
    ],
    [
      "events of a type that the catalogue lacks",
      () => form("id,who,at\n1,2,3\n", "a.csv", { ...eventMapping, event: "parcel" }),
      422,
      "unknown-event-type",
    ],
  ];
  test.each(cases)("%s", async (_, data, status, code) => {
    const before = [await world.db.import.count(), await getEngine().population()];
    const response = await POST(call("author", "POST", data()), at());
    expect([response.status, await response.json()]).toMatchObject([status, { code }]);
    expect([await world.db.import.count(), await getEngine().population()]).toEqual(before);
    const left = await readdir(join(folder, "imports"));
    expect(await world.db.import.count({ where: { id: { in: left } } })).toBe(left.length);
  });

  test("a body that is no form, a form without a file, and a form that is cut off", async () => {
    const noForm = await POST(call("author", "POST", new Blob(["x"])), at());
    expect(await noForm.json()).toMatchObject({ code: "not-multipart" });
    const empty = new FormData();
    empty.append("mapping", JSON.stringify(mapping));
    expect(await (await POST(call("author", "POST", empty), at())).json()).toMatchObject({ code: "no-file" });
    const whole = call("author", "POST", form("customer,country\n1,eu\n"));
    const bytes = new Uint8Array(await whole.arrayBuffer());
    const cut = new Request(whole.url, { method: "POST", headers: whole.headers, body: bytes.slice(0, -60) });
    expect(await (await POST(cut, at())).json()).toMatchObject({ code: "cut-upload" });
  });

  test("a person without the right", async () => {
    const response = await POST(call("viewer", "POST", form("customer\n1\n")), at());
    expect([response.status, await response.json()]).toMatchObject([403, { code: "missing-permission" }]);
    for (let n = 0; n < 3; n++) expect((await LIST(call("viewer", "GET"), at())).status).toBe(403);
    const refusals = await world.db.auditEntry.findMany({ where: { action: "call.refused", actorName: "viewer" } });
    expect(refusals.map(({ subjectId }) => subjectId)).toEqual(["POST /api/v1/imports", "GET /api/v1/imports"]);
  });
});

test("a cancelled import leaves nothing; one that has ended cannot be cancelled", async () => {
  const rows = Array.from({ length: 200_000 }, (_, n) => `late-${n},eu,pro,${n}`).join("\n");
  const first = await start(form(`customer,country,plan,spend\n${rows}\n`));
  const second = await start(form("customer,country,plan,spend\nlate-x,eu,pro,1\n"));
  const answers = await Promise.all([second, first].map(({ id }) => DELETE(call("author", "DELETE"), at(id))));
  for (const answer of answers) expect(await answer.json()).toMatchObject({ import: { state: "cancelled" } });
  expect(await getEngine().findIds("late-", 1)).toEqual([]);
  const again = await DELETE(call("author", "DELETE"), at(first.id));
  expect([again.status, await again.json()]).toMatchObject([409, { code: "import-ended" }]);
});

test("an import that a killed process left running is marked failed at the next start", async () => {
  const person = await world.db.person.findUniqueOrThrow({ where: { email: "author@x.test" } });
  const { id } = await world.db.import.create({
    data: { target: "customers", fileName: "x", format: "csv", mapping: {}, createdById: person.id },
  });
  expect(await failInterruptedImports(world.db, new Date())).toBe(1);
  expect(await ended(id)).toMatchObject({ state: "failed", error: expect.stringContaining("stopped") });
});

test("a preview shows columns and first rows and keeps nothing", async () => {
  const before = await readdir(join(folder, "imports"));
  const response = await PREVIEW(
    call("author", "POST", form("customer;country;spend\n007;eu;1,5\n", "x.csv", null)),
    at(),
  );
  const answer = (await response.json()) as { columns: { name: string }[]; rows: string[][] };
  expect(answer.columns.map(({ name }) => name)).toEqual(["customer", "country", "spend"]);
  expect(answer.rows).toEqual([["007", "eu", "1,5"]]);
  expect(await readdir(join(folder, "imports"))).toEqual(before);
});

test("of files of customers that an earlier process left behind, rejects of known imports stay and nothing else", async () => {
  const imports = join(folder, "imports");
  const { id } = await world.db.import.findFirstOrThrow({ where: { state: "succeeded" } });
  const long = new Date("2020-01-01");
  for (const left of [id, "preview-cut-off", "uploading-now"]) {
    await mkdir(join(imports, left, "import-x"), { recursive: true });
    for (const name of ["upload", "rejects.csv", "import-x/unpacked"]) await writeFile(join(imports, left, name), "1");
    if (left !== "uploading-now") await utimes(join(imports, left), long, long);
  }
  await failInterruptedImports(world.db, new Date());
  expect(await readdir(join(imports, id))).toEqual(["rejects.csv"]);
  expect(await readdir(imports)).toContain("uploading-now");
  expect(await readdir(imports)).not.toContain("preview-cut-off");
  await rm(join(imports, "uploading-now"), { recursive: true });
});
