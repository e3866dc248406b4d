import { afterAll, beforeAll, expect, test } from "vitest";
import { createToken } from "../access/server/tokens";
import { closeDatabase, openDatabase } from "../server/database";
import { approved, createGovernance, type Governance, type PersonName, submitted } from "../testing/governance";
import { caller } from "../testing/rest";

/** Whatever a release can be asked for over REST, with the status that each answer has. */
let world: Governance;
const callers = new Map<PersonName, ReturnType<typeof caller>>();

beforeAll(async () => {
  world = await createGovernance();
  openDatabase(world.database.url);
  for (const name of ["operator", "admin", "reviewer"] as const) {
    callers.set(name, caller((await createToken(world.as(name, new Date()), { name: "test" })).secret));
  }
});
afterAll(async () => {
  await closeDatabase();
  await world.close();
});

function as(name: PersonName): ReturnType<typeof caller> {
  const call = callers.get(name);
  if (!call) throw new Error(`${name} has no token.`);
  return call;
}

const hoursAhead = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

test("at an instant: accepted with a schedule, listed, cancelled", async () => {
  const { id } = await approved(world, "at-an-instant");
  const path = `/api/v1/versions/${id}/release`;
  const body = { environment: "production", at: hoursAhead(2) };
  const made = await as("operator")("POST", path, body);
  expect(made).toMatchObject({ status: 202, body: { schedule: { state: "pending", at: body.at, wouldRefuse: [] } } });
  const { items } = (await as("operator")("GET", "/api/v1/schedules?segment=at-an-instant")).body as {
    items: { id: string }[];
  };
  const cancelled = await as("reviewer")("POST", `/api/v1/schedules/${items[0]?.id}/cancel`);
  expect(cancelled).toMatchObject({ status: 200, body: { schedule: { state: "cancelled" } } });
  const both = { ...body, steps: [{ percent: 10, holdMinutes: 5 }, { percent: 100 }] };
  expect((await as("operator")("POST", path, both)).status).toBe(422);
});

test("in steps: the first is released, and the plan is held, resumed and ended", async () => {
  const { id } = await approved(world, "in-steps");
  const steps = [{ percent: 10, holdMinutes: 5 }, { percent: 100 }];
  const made = await as("operator")("POST", `/api/v1/versions/${id}/release`, { environment: "production", steps });
  expect(made).toMatchObject({
    status: 201,
    body: { release: { rolloutPercent: 10 }, plan: { state: "running", taken: 1 } },
  });
  const { items } = (await as("operator")("GET", "/api/v1/plans?segment=in-steps")).body as { items: { id: string }[] };
  const plan = `/api/v1/plans/${items[0]?.id}`;
  const held = await as("reviewer")("POST", `${plan}/hold`, { reason: "Odd." });
  expect(held).toMatchObject({ status: 200, body: { plan: { state: "held" } } });
  expect((await as("operator")("POST", `${plan}/resume`, {})).body).toMatchObject({ plan: { state: "running" } });
  const ended = await as("operator")("POST", `${plan}/cancel`, { reason: "Enough." });
  expect(ended.body).toMatchObject({ plan: { state: "cancelled", heldBecause: "Enough." } });
});

test("without approvals: only with a reason, and closed by somebody else", async () => {
  const { id } = await submitted(world, "without-approvals");
  const path = `/api/v1/versions/${id}/break-glass`;
  expect((await as("admin")("POST", path, { environment: "production", reason: " " })).status).toBe(422);
  expect((await as("operator")("POST", path, { environment: "production", reason: "Now." })).status).toBe(403);
  const broken = await as("admin")("POST", path, { environment: "production", reason: "Now." });
  expect(broken).toMatchObject({
    status: 201,
    body: { release: { kind: "break_glass", breakGlass: { closedAt: null } } },
  });
  const { items } = (await as("reviewer")("GET", "/api/v1/break-glass-reviews")).body as {
    items: { releaseId: string }[];
  };
  const review = `/api/v1/releases/${items[0]?.releaseId}/break-glass-review`;
  const verdict = { outcome: "not_justified", comment: "It could wait." };
  expect((await as("admin")("POST", review, verdict)).status).toBe(403);
  const closed = await as("reviewer")("POST", review, verdict);
  expect(closed).toMatchObject({ status: 200, body: { release: { breakGlass: { outcome: "not_justified" } } } });
});

test("freezes and promotions", async () => {
  const window = { from: hoursAhead(48), until: hoursAhead(72), reason: "Year's end" };
  const frozen = await as("operator")("POST", "/api/v1/environments/production/freezes", window);
  expect(frozen).toMatchObject({ status: 201, body: { freeze: { reason: "Year's end", endedAt: null } } });
  const listed = await as("reviewer")("GET", "/api/v1/environments/production/freezes");
  expect(listed.body).toMatchObject({ items: [{ reason: "Year's end" }] });
  const { id } = await approved(world, "to-promote");
  await as("operator")("POST", `/api/v1/versions/${id}/release`, { environment: "staging" });
  const promotions = await as("reviewer")("GET", "/api/v1/promotions");
  expect(promotions.body).toMatchObject({
    items: [{ segment: { key: "to-promote" }, to: null, refusals: [] }],
    total: 1,
  });
});
