import fs from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Role, roles } from "../access/permissions";
import { createToken } from "../access/server/tokens";
import type { Attribute } from "../catalogue/definition";
import { startedImportSchema } from "../customers/contract";
import { type Follower, openFollower } from "../membership/server/follower";
import { releaseVersion } from "../releases/server/release-version";
import { closeDatabase, openDatabase } from "../server/database";
import { log } from "../server/log";
import { keepSigningKeys, openSigningKeys } from "../server/signing-key";
import { createGovernance, documentOf, type Governance } from "../testing/governance";
import { caller, send } from "../testing/rest";
import { crawl, type Places, type Sent } from "../testing/rest-crawl";
import { createSegment } from "../versions/server/create-segment";
import { recordVerdict } from "../versions/server/record-verdict";
import { reviewView } from "../versions/server/review-view";
import { submitVersion } from "../versions/server/submit-version";

/** Every call of the console's API as every role, with personal values planted: nobody is told one who may not be. */
let world: Governance;
let places: Places;
const tokens = new Map<Role, string>();
let folder: string;
/** By somebody who is none of those who ask. */
let imported: string;
let importer: ReturnType<typeof caller>;
let follower: Follower;

const planted = "planted";
/** The last two are labelled by nobody: they look like what they are. */
const personal = [
  { key: "illness", labels: ["special"], planting: () => `${planted}-illness` },
  { key: "street", labels: ["personal"], planting: (index: number) => `${planted} street ${index}` },
  { key: "e_mail", labels: [], planting: (index: number) => `${planted}-${index}@secret.test` },
  { key: "contact", labels: [], planting: (index: number) => `${planted}.${index}@elsewhere.test` },
] as const;
const attributes: Attribute[] = personal.map(({ key, labels }) => ({
  ...{ key, name: `About ${key}`, type: "string", description: "", source: "stored", labels: [...labels] },
}));

const rule = {
  all: [
    { attribute: "illness", operator: "is_set" },
    { attribute: "street", operator: "is_set" },
    { attribute: "e_mail", operator: "ends_with", value: "@secret.test" },
    { attribute: "contact", operator: "is_set" },
  ],
};
const missed = { all: [{ attribute: "illness", operator: "equals", value: "another" }] };

beforeAll(async () => {
  vi.spyOn(fs, "write");
  vi.spyOn(fs, "writeSync");
  vi.stubEnv("SESSION_SECRET", "a secret for tests, longer than 32 characters");
  vi.stubEnv("STEWARD_FEED_SECRET", "another secret for tests, as long as that");
  folder = await mkdtemp(join(tmpdir(), "steward-masking-"));
  vi.stubEnv("STEWARD_CHECKPOINTS", folder);
  vi.stubEnv("STEWARD_DATA", folder);
  keepSigningKeys(await openSigningKeys(folder));
  world = await createGovernance();
  follower = openFollower({ db: world.database.db, engine: world.engine });
  openDatabase(world.database.url);
  await world.database.db.attribute.createMany({ data: attributes });
  await world.engine.addAttributes(attributes);
  await world.engine.upsert(
    Array.from({ length: 40 }, (_, index) => ({
      ...{ id: `known-${index}`, region: "eu", consents: ["marketing"], objections: [] },
      attributes: {
        plan: "premium",
        ...Object.fromEntries(personal.map(({ key, planting }) => [key, planting(index)])),
      },
    })),
  );
  await plantBeside();
  const live = await releasedBy("labelled", { rule });
  await releasedBy("missed", { rule: missed });
  const waiting = await submittedBy("waiting", { rule, include: [{ customerId: "known-1", reason: "asked" }] });
  imported = await rejectedImport();
  for (const role of roles) {
    tokens.set(role, (await createToken(world.as(role, new Date()), { name: "crawl" })).secret);
  }
  places = await placesOf({ live, waiting });
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await follower.close();
  await closeDatabase();
  await world.close();
  await rm(folder, { recursive: true });
});

/** What the process has written to standard error. */
function logged(): string {
  const calls: (readonly unknown[])[] = [...vi.mocked(fs.write).mock.calls, ...vi.mocked(fs.writeSync).mock.calls];
  return calls.flatMap(([to, what]) => (to === 2 ? [String(what)] : [])).join("");
}

/** What came as events, what names customers beside their id, and a request to see it all. */
async function plantBeside(): Promise<void> {
  const { db } = world.database;
  const visit = {
    ...{ key: "visit", name: "Visit", description: "" },
    properties: [
      { key: "ward", name: "Ward", type: "string" as const, labels: ["special"] },
      { key: "sender", name: "Sender", type: "string" as const },
    ],
  };
  await db.eventType.create({ data: visit });
  await world.engine.addEventTypes([visit]);
  const properties = { ward: `${planted} ward`, sender: `${planted}@sender.test` };
  const event = { id: "visit-1", customerId: "known-1", type: "visit", at: 1_700_000_000_000, properties };
  await world.engine.ingest({ events: [event] }, Date.now());
  await db.identityNamespace.create({ data: { key: "login", name: "Login", hashed: false } });
  await world.engine.link([{ namespace: "login", value: `${planted}@login.test`, customerId: "known-1" }]);
  await db.dataRequest.create({
    data: {
      ...{ id: "asked", kind: "access", customerId: "known-1", customerHash: "hash", createdById: "id-privacy" },
      ...{ receivedAt: new Date(), dueAt: new Date() },
    },
  });
}

/** An import whose only line is rejected, and quoted in the file of rejects. */
async function rejectedImport(): Promise<string> {
  importer = caller((await createToken(world.as("author2", new Date()), { name: "crawl" })).secret);
  const form = new FormData();
  const attributes = { spend: { key: "spend", type: "number" } };
  form.append("mapping", JSON.stringify({ target: "customers", id: "customer", attributes }));
  form.append("file", new Blob([`customer,spend\nsomebody,${planted}@reject.test\n`]), "people.csv");
  const { body } = await importer("POST", "/api/v1/imports", form);
  const { id } = startedImportSchema.parse(body).import;
  await vi.waitFor(async () => {
    const { body: now } = await importer("GET", `/api/v1/imports/${id}`);
    expect(startedImportSchema.parse(now).import).toMatchObject({ state: "succeeded", rejected: 1 });
  }, 10_000);
  return id;
}

async function submittedBy(key: string, definition: object): Promise<string> {
  const { version } = await createSegment(world.as("author"), { document: documentOf(key, { definition }) });
  await submitVersion(world.as("author"), { id: version.id });
  return version.id;
}

async function releasedBy(key: string, definition: object): Promise<string> {
  const id = await submittedBy(key, definition);
  const { contentHash } = (await reviewView(world.as("reviewer"), id)).version;
  for (const by of ["reviewer", "privacy"] as const) {
    await recordVerdict(world.as(by), { id, contentHash, verdict: "approve" });
  }
  await releaseVersion(world.as("operator"), { id, environment: "production" });
  return id;
}

async function placesOf({ live, waiting }: { live: string; waiting: string }): Promise<Places> {
  const release = await world.database.db.release.findFirstOrThrow({ where: { versionId: live } });
  const nothing = "nothing";
  return {
    ...{ segments: "labelled", versions: waiting, releases: release.id, customers: "known-1", attributes: "illness" },
    ...{ lists: nothing, environments: "production", "approval-policies": "production", "label-policies": nothing },
    ...{ people: "id-viewer", tokens: nothing, comments: nothing, schedules: nothing, plans: nothing },
    ...{ changes: nothing, waivers: nothing, imports: imported, merges: nothing, consumers: nothing, keys: nothing },
    ...{
      webhooks: nothing,
      "webhook-deliveries": nothing,
      "data-requests": "asked",
      models: nothing,
      overrides: nothing,
    },
    ...{ "score-models": nothing, "score-overrides": nothing, sources: nothing },
  };
}

const document = documentOf("asked", { definition: { rule } });
const sent: Readonly<Record<string, Sent>> = {
  "GET /api/v1/customers": { query: "?query=known" },
  "GET /api/v1/customers/{id}": { query: "?accessPurpose=complaint&accessReference=T-1" },
  "GET /api/v1/customers/{id}/activity": { query: "?accessPurpose=complaint" },
  "GET /api/v1/segments/{key}/comparison": { query: "?before=1&after=1" },
  "GET /api/v1/waivers": { query: "?segment=labelled" },
  "POST /api/v1/previews": { body: { document, environment: "production", by: "illness" } },
  "POST /api/v1/overlaps": { body: { segments: ["labelled", "missed"], environment: "production" } },
  "POST /api/v1/segments": { body: { document } },
  "POST /api/v1/approval-policies/comparison": { body: { policies: [] } },
  "POST /api/v1/customers/{id}/merge/preview": { body: { into: "known-2" } },
};

type Told = { readonly call: string; readonly status: number; readonly text: string };

async function askedAs(role: Role): Promise<Told[]> {
  const told: Told[] = [];
  for (const { operation, address, body } of crawl(places, sent)) {
    const response = await send(
      new Request(`http://steward.test${address}`, {
        method: operation.method,
        headers: { authorization: `Bearer ${tokens.get(role)}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const headers = JSON.stringify([...response.headers]);
    told.push({
      call: `${operation.method} ${address}`,
      status: response.status,
      text: `${headers}\n${await response.text()}`,
    });
  }
  return told;
}

const telling = (told: readonly Told[]) => told.filter(({ text }) => text.includes(planted)).map(({ call }) => call);

describe("no answer, no error and no file of any call holds a personal value", () => {
  test.each(roles.filter((role) => role !== "privacy"))("for %s", async (role) => {
    const told = await askedAs(role);
    expect(telling(told)).toEqual([]);
    expect(told.filter(({ status }) => status >= 500)).toEqual([]);
    expect(told.filter(({ status }) => status === 200).length).toBeGreaterThan(20);
  });

  test("for privacy but where what it is needed for was said", async () => {
    expect(telling(await askedAs("privacy"))).toEqual([
      "GET /api/v1/customers/known-1?accessPurpose=complaint&accessReference=T-1",
      "GET /api/v1/customers/known-1/activity?accessPurpose=complaint",
      "GET /api/v1/data-requests/asked/document",
    ]);
  });
});

test("what an import rejected is told to who brought it, and to nobody of those", async () => {
  const { body } = await importer("GET", `/api/v1/imports/${imported}`);
  expect(JSON.stringify(body)).toContain(planted);
});

test("neither the audit nor the log holds one", async () => {
  const entries = await world.database.db.auditEntry.findMany();
  expect(entries.length).toBeGreaterThan(100);
  expect(
    entries.map((entry) => JSON.stringify({ ...entry, sequence: 0 })).filter((text) => text.includes(planted)),
  ).toEqual([]);
  log.error({ customer: "somebody" }, "the log is heard");
  await vi.waitFor(() => expect(logged()).toContain("the log is heard"));
  expect(
    logged()
      .split("\n")
      .filter((line) => line.includes(planted)),
  ).toEqual([]);
});
