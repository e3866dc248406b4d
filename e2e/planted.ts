import { type APIRequestContext, type APIResponse, expect } from "@playwright/test";
import { demoPassword, type Person } from "./console";
import type { Places } from "./page-addresses";

/** Stands in every personal value that is planted and nowhere else. */
export const marker = "zq7planted";
/** Stands in the ids of the customers who have them. */
export const customerMarker = "zq7customer";
const customer = (index: number) => `${customerMarker}-${index}`;
const numbers = Array.from({ length: 40 }, (_, index) => index);

/** A session by the form's own calls, without a browser. */
export async function enter(request: APIRequestContext, person: Person): Promise<void> {
  const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
  const form = { csrfToken, email: `${person}@demo.steward`, password: demoPassword, json: "true" };
  const response = await request.post("/api/auth/callback/credentials", { form });
  expect(response.ok(), `${person} signs in`).toBe(true);
}

/** Customers with marked values in all that is labelled, and a segment, a list, an import and a request about them. */
export async function plant(as: Readonly<Record<Person, APIRequestContext>>): Promise<Places> {
  const key = await ingestKey(as.admin);
  const call = {
    ...{ key: "masked_call", name: "Masked call", description: "" },
    properties: [{ key: "said", name: "Said", type: "string", labels: ["special"] }],
  };
  await done(as.author2.post("/api/v1/event-types", { data: call }));
  await taken(as.admin, key, "customers", numbers.map(customerOf));
  await taken(
    ...([as.admin, key, "events"] as const),
    numbers.map((index) => ({
      ...{ id: `${customerMarker}-call-${index}`, customerId: customer(index), type: "masked_call", at: Date.now() },
      properties: { said: `${marker} said ${index}` },
    })),
  );
  const list = { key: "masked-people", name: "Masked people", description: "" };
  await done(as.author2.post("/api/v1/lists", { data: list }));
  const entries = numbers.map((index) => ({ customerId: customer(index) }));
  await done(
    as.author2.post("/api/v1/lists/masked-people/versions", { data: { entries, mode: "replace", basedOn: 0 } }),
  );
  const asked = { kind: "access", customer: customer(1), note: "" };
  const { request } = await done(as.privacy.post("/api/v1/data-requests", { data: asked }));
  return {
    ...{ customers: customer(1), lists: list.key, segments: "masked", policies: "production" },
    ...{ requests: request.id, reviews: await submitted(as.author2), imports: await rejectedImport(as.author2) },
  };
}

function customerOf(index: number) {
  return {
    ...{ id: customer(index), region: "eu" },
    attributes: {
      ...{ plan: "masked", full_name: `${marker} name ${index}`, email: `${marker}-${index}@secret.test` },
      ...{ phone: `${marker} phone ${index}`, interests: [`${marker} interest`] },
      accessibility_needs: [`${marker} need`],
    },
    consents: [{ purpose: "marketing", state: "granted", at: Date.now() - 60_000 }],
    identities: [
      { namespace: "account", value: `${marker}-account-${index}@secret.test` },
      { namespace: "email", value: `${marker}-login-${index}@secret.test` },
    ],
  };
}

async function ingestKey(admin: APIRequestContext): Promise<string> {
  const sender = { key: "masked-sender", name: "Masked sender" };
  const { consumer } = await done(admin.post("/api/v1/consumers", { data: sender }));
  const data = { environment: "production", regions: ["eu"], purposes: ["contract"], rights: ["ingest"] };
  return (await done(admin.post(`/api/v1/consumers/${consumer.id}/keys`, { data }))).secret;
}

async function taken(request: APIRequestContext, key: string, target: string, lines: readonly object[]): Promise<void> {
  const headers = { authorization: `Bearer ${key}` };
  const answer = await done(request.post(`/ingest/v1/${target}`, { headers, data: lines }));
  expect(answer).toMatchObject({ accepted: lines.length, rejectedTotal: 0 });
}

/** Under review, by a rule that speaks of what is labelled. */
async function submitted(author: APIRequestContext): Promise<string> {
  const rule = {
    all: [
      { attribute: "plan", operator: "equals", value: "masked" },
      ...["full_name", "accessibility_needs"].map((attribute) => ({ attribute, operator: "is_set" })),
    ],
  };
  const document = {
    ...{ key: "masked", name: "Masked", owner: { team: "pricing", person: "author2@demo.steward" } },
    ...{ purposes: ["contract"], regions: ["eu"], definition: { rule }, treatments: { masked: "yes" } },
  };
  const { version } = await done(author.post("/api/v1/segments", { data: { document } }));
  await done(author.post(`/api/v1/versions/${version.id}/submit`, { data: {} }));
  return version.id;
}

/** An import whose only line is rejected, and quoted in the file of rejects. */
async function rejectedImport(author: APIRequestContext): Promise<string> {
  const attributes = { spend: { key: "monthly_spend", type: "number" } };
  const mapping = JSON.stringify({ target: "customers", id: "customer", attributes });
  const buffer = Buffer.from(`customer,spend\n${customer(0)},${marker}@reject.test\n`);
  const multipart = { mapping, file: { name: "masked.csv", mimeType: "text/csv", buffer } };
  const started = await done(author.post("/api/v1/imports", { multipart }));
  const address = `/api/v1/imports/${started.import.id}`;
  await expect.poll(async () => (await done(author.get(address))).import.rejected).toBe(1);
  return started.import.id;
}

async function done(answering: Promise<APIResponse>) {
  const response = await answering;
  expect(response.ok(), `${response.url()}: ${response.ok() ? "" : await response.text()}`).toBe(true);
  return response.json();
}
