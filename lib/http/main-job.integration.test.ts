import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { z } from "zod";
import { createToken } from "../access/server/tokens";
import { verifyAudit } from "../audit/server/verify-audit";
import { customerLookupSchema, startedImportSchema } from "../customers/contract";
import { createdConsumerSchema, createdKeySchema } from "../feed/contract";
import { previewSchema } from "../previews/contract";
import { releasedSchema } from "../releases/contract";
import { segmentOverviewSchema } from "../releases/overview-contract";
import { closeDatabase, openDatabase } from "../server/database";
import { serveFeed } from "../testing/feed-fixture";
import { createGovernance, type Governance, type PersonName } from "../testing/governance";
import { caller, type RestAnswer } from "../testing/rest";
import { createdSegmentSchema, recordedVerdictSchema, reviewSchema, submittedSchema } from "../versions/contract";

/** The main job through the REST API alone: each call is made with the token of the person whose job it is. */
let world: Governance;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let as: Record<"author" | "reviewer" | "operator" | "support" | "admin", ReturnType<typeof caller>>;

beforeAll(async () => {
  world = await createGovernance();
  openDatabase(world.database.url);
  feed = await serveFeed({ db: world.database.db, url: world.database.url, engine: world.engine });
  const tokenOf = async (name: PersonName) => {
    const ctx = world.as(name, new Date());
    return caller((await createToken(ctx, { name: "test" })).secret);
  };
  as = {
    author: await tokenOf("both"),
    reviewer: await tokenOf("reviewer"),
    operator: await tokenOf("operator"),
    support: await tokenOf("support"),
    admin: await tokenOf("admin"),
  };
});
afterAll(async () => {
  await feed.close();
  await closeDatabase();
  await world.close();
});

function read<Schema extends z.ZodType>(answer: RestAnswer, status: number, schema: Schema): z.output<Schema> {
  expect([answer.status, answer.body]).toEqual([status, expect.anything()]);
  return schema.parse(answer.body);
}

const document = {
  key: "loyal-travellers",
  name: "Loyal travellers",
  owner: { team: "growth", person: "author@x.test" },
  purposes: ["marketing"],
  regions: ["eu"],
  definition: {
    rule: {
      all: [
        { attribute: "plan", operator: "equals", value: "premium" },
        { attribute: "trips", operator: "at_least", value: 3 },
      ],
    },
  },
  treatments: { support_queue: "priority" },
  tests: [
    {
      name: "three trips are enough",
      customer: { id: "t", region: "eu", consents: ["marketing"], attributes: { plan: "premium", trips: 3 } },
      asOf: "2026-06-01T00:00:00Z",
      expect: "member",
    },
  ],
};

/** c0000 and so on are there already, 400 of them; these eight are new, and three of them are members. */
const file = [
  "customer,country,plan,trips,marketing",
  "0001,eu,premium,3,yes",
  "0002,eu,premium,12,yes",
  "0003,eu,premium,7,yes",
  "0004,eu,premium,2,yes",
  "0005,eu,premium,9,no",
  "0006,us,premium,9,yes",
  "0007,eu,free,9,yes",
  "0008,eu,premium,,yes",
].join("\n");

describe("the main job, over REST alone", () => {
  let versionId = "";
  let contentHash = "";
  let secret = "";

  const pull = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${feed.url}/production${path}`, { headers: { authorization: `Bearer ${secret}`, ...headers } });

  test("the author adds an attribute and imports customers", async () => {
    const attribute = { key: "trips", name: "Trips", type: "number" };
    expect((await as.author("POST", "/api/v1/attributes", attribute)).status).toBe(201);
    expect(await as.author("POST", "/api/v1/attributes", attribute)).toMatchObject({
      status: 409,
      body: { code: "key-taken" },
    });
    const form = new FormData();
    const mapping = {
      target: "customers",
      id: "customer",
      region: "country",
      consents: { columns: { marketing: "marketing" } },
      attributes: { plan: { key: "plan", type: "string" }, trips: { key: "trips", type: "number" } },
    };
    form.append("mapping", JSON.stringify(mapping));
    form.append("file", new Blob([file]), "travellers.csv");
    const started = read(await as.author("POST", "/api/v1/imports", form), 202, startedImportSchema);
    await vi.waitFor(async () => {
      const answer = await as.author("GET", `/api/v1/imports/${started.import.id}`);
      expect(answer.body).toMatchObject({ import: { state: "succeeded", accepted: 8, rejected: 0 } });
    }, 10_000);
  });

  test("creates a segment and sees its numbers", async () => {
    const created = read(await as.author("POST", "/api/v1/segments", { document }), 201, createdSegmentSchema);
    versionId = created.version.id;
    contentHash = created.version.contentHash;
    const exact = read(await as.admin("POST", "/api/v1/previews", { document }), 200, previewSchema);
    expect(exact).toMatchObject({ population: 408, matched: 5, members: 3, denied: { consent: 1, region: 1 } });
    expect(exact.funnel.map(({ text, missing }) => [text, missing])).toContainEqual([
      expect.stringMatching(/^Trips/),
      401,
    ]);
    expect(exact.findings.map(({ code }) => code)).toEqual(["many-missing", "few-members"]);
    const rounded = read(await as.author("POST", "/api/v1/previews", { document }), 200, previewSchema);
    expect(rounded).toMatchObject({ population: 400, members: 0 });
  });

  test("is told what cannot be counted, with the place", async () => {
    const rule = { all: [{ attribute: "tripps", operator: "at_least", value: 3 }] };
    const answer = await as.author("POST", "/api/v1/previews", { document: { ...document, definition: { rule } } });
    expect(answer).toMatchObject({ status: 422, body: { code: "cannot-be-counted" } });
    expect(answer.body.findings).toMatchObject([
      {
        code: "unknown-attribute",
        path: expect.stringMatching(/^definition\.rule\.all\[0\]/),
        resolution: expect.stringContaining("trips"),
      },
    ]);
  });

  test("cannot release what nobody approved, nor approve it", async () => {
    const release = await as.operator("POST", `/api/v1/versions/${versionId}/release`, { environment: "production" });
    expect(release).toMatchObject({ status: 422, body: { code: "not-approved" } });
    const submit = await as.author("POST", `/api/v1/versions/${versionId}/submit`, { note: "For the autumn." });
    expect(read(submit, 200, submittedSchema).version.state).toBe("in_review");
    const own = await as.author("POST", `/api/v1/versions/${versionId}/verdicts`, { verdict: "approve", contentHash });
    expect(own).toMatchObject({ status: 403, body: { code: "self-approval" } });
    expect(await as.author("GET", `/api/v1/versions/${versionId}`)).toMatchObject({
      body: {
        possible: { verdict: { allowed: false }, edit: { allowed: true } },
        releaseTo: [
          { environment: "staging", allowed: true },
          { environment: "production", allowed: false },
        ],
      },
    });
  });

  test("the reviewer sees the evidence and approves", async () => {
    expect(await as.reviewer("GET", "/api/v1/reviews?waiting=me")).toMatchObject({
      body: { total: 1, items: [{ version: { id: versionId }, waitsForMe: true }] },
    });
    const review = read(await as.reviewer("GET", `/api/v1/versions/${versionId}`), 200, reviewSchema);
    expect(review.possible.verdict).toEqual({ allowed: true, why: null });
    expect(review.evidence?.preview.tests).toMatchObject([{ passes: true }]);
    const stale = { verdict: "approve", contentHash: "0".repeat(64) };
    expect(await as.reviewer("POST", `/api/v1/versions/${versionId}/verdicts`, stale)).toMatchObject({
      status: 409,
      body: { code: "stale-content" },
    });
    const verdict = { verdict: "approve", contentHash, comment: "Good." };
    const answer = await as.reviewer("POST", `/api/v1/versions/${versionId}/verdicts`, verdict);
    expect(read(answer, 200, recordedVerdictSchema).version.state).toBe("approved");
  });

  test("the operator releases to staging and to production", async () => {
    for (const environment of ["staging", "production"]) {
      const answer = await as.operator("POST", `/api/v1/versions/${versionId}/release`, { environment });
      expect(read(answer, 201, releasedSchema)).toMatchObject({
        revision: 1,
        release: { environment, kind: "release" },
      });
    }
    const overview = read(await as.author("GET", `/api/v1/segments/${document.key}`), 200, segmentOverviewSchema);
    expect(overview.standings.map(({ standing }) => standing)).toEqual(["live", "live"]);
    expect(await as.author("GET", "/api/v1/segments?state=live&query=travellers&sort=-members")).toMatchObject({
      body: { total: 1, items: [{ key: document.key, open: null }], counts: { live: 1, draft: 0 } },
    });
  });

  test("a consumer pulls it by key, and then gets 304", async () => {
    const consumer = { key: "gateway", name: "Gateway" };
    const { id } = read(await as.operator("POST", "/api/v1/consumers", consumer), 201, createdConsumerSchema).consumer;
    const rights = ["definitions", "customers"];
    const scope = { environment: "production", regions: ["eu"], purposes: ["marketing"], rights };
    secret = read(await as.operator("POST", `/api/v1/consumers/${id}/keys`, scope), 201, createdKeySchema).secret;
    const first = await vi.waitFor(async () => {
      const answer = await pull("/bundle");
      expect(answer.status).toBe(200);
      return answer;
    }, 5_000);
    expect(await first.json()).toMatchObject({ segments: [{ key: document.key, version: 1, hash: contentHash }] });
    const second = await pull("/bundle", { "if-none-match": first.headers.get("etag") ?? "" });
    expect([second.status, await second.text()]).toEqual([304, ""]);
  });

  test("support sees why one customer is in and why another is just not", async () => {
    const member = read(await as.support("GET", "/api/v1/customers/0002"), 200, customerLookupSchema);
    expect(member.segments).toMatchObject([{ key: document.key, reason: { member: true, decidedBy: "rule" } }]);
    const few = read(await as.support("GET", "/api/v1/customers/0004"), 200, customerLookupSchema);
    expect(few.nearMisses).toMatchObject([{ key: document.key, because: expect.stringContaining("Trips") }]);
    const unasked = read(await as.support("GET", "/api/v1/customers/0005"), 200, customerLookupSchema);
    expect(unasked.nearMisses).toMatchObject([{ reason: { member: false, decidedBy: "guard" } }]);
  });

  test("the kill switch empties it for the consumer at once, and a rollback brings it back", async () => {
    const members = async () => {
      const answer: { segments?: { key: string }[] } = await (await pull("/customers/0002")).json();
      return answer.segments?.map(({ key }) => key);
    };
    expect(await members()).toEqual([document.key]);
    const kill = { environment: "production", reason: "A leak." };
    expect((await as.operator("POST", `/api/v1/segments/${document.key}/kill`, kill)).status).toBe(200);
    await vi.waitFor(async () => expect(await members()).toEqual([]), 5_000);
    const back = { environment: "production", toVersion: 1, reason: "Closed." };
    expect((await as.operator("POST", `/api/v1/segments/${document.key}/rollback`, back)).status).toBe(200);
    await vi.waitFor(async () => expect(await members()).toEqual([document.key]), 5_000);
  });

  test("all of it is in the audit, and the chain holds", async () => {
    const entries = await as.reviewer("GET", `/api/v1/audit?subject=segment:${document.key}`);
    const actions = (entries.body.items as { action: string }[]).map(({ action }) => action).toReversed();
    expect(actions).toEqual([
      "segment.created",
      "version.submitted",
      "verdict.approve",
      "segment.released",
      "segment.released",
      "segment.killed",
      "segment.rolled-back",
    ]);
    expect(await verifyAudit(world.database.db)).toMatchObject({ ok: true });
  });
});
