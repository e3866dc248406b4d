import { afterAll, beforeAll, expect, test } from "vitest";
import { type Role, roles } from "../../access/permissions";
import type { Context } from "../../server/context";
import { createTestDatabase, type TestDatabase } from "../../testing/database";
import { listDeliveries, resendDelivery, testWebhook } from "./deliveries";
import { createWebhook, disableWebhook, listWebhooks } from "./webhooks";

const now = new Date("2026-06-01T12:00:00.000Z");
const url = "https://hooks.example.com/T0/secret-part";
const all = { description: "", events: [] };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.db.person.createMany({ data: roles.map((id) => ({ id, name: id, email: `${id}@x.test` })) });
});
afterAll(() => database.drop());

function as(role: Role): Context {
  const actor = { id: role, email: `${role}@x.test`, name: role, team: null, roles: [role], via: "session" as const };
  return { actor, db: database.db, now };
}

test("the secret is in the answer to its making, and in no other answer and no audit entry", async () => {
  const { webhook, secret } = await createWebhook(as("admin"), { ...all, url });
  await testWebhook(as("admin"), webhook.id);
  await disableWebhook(as("admin"), webhook.id);
  const told = JSON.stringify([await listWebhooks(as("admin")), await database.db.auditEntry.findMany()], (_, value) =>
    typeof value === "bigint" ? Number(value) : value,
  );
  expect(secret).toMatch(/^sth_[\w-]{43}$/);
  expect(told).not.toContain(secret);
  expect(await database.db.auditEntry.findMany({ where: { subjectId: webhook.id } })).toMatchObject(
    ["webhook.created", "webhook.tested", "webhook.disabled"].map((action) => ({
      action,
      subjectName: "hooks.example.com",
    })),
  );
});

test.each(["http://hooks.example.com/", "https://10.0.0.1/", "https://localhost:22/", "https://u:p@example.com/"])(
  "%s is refused at its making",
  async (refused) => {
    await expect(createWebhook(as("admin"), { ...all, url: refused })).rejects.toMatchObject({ code: "invalid" });
  },
);

test("only an admin makes, tests, disables and sends again; an operator looks, and nobody else", async () => {
  const { webhook } = await createWebhook(as("admin"), { ...all, url });
  const { delivery } = await testWebhook(as("admin"), webhook.id);
  for (const role of roles) {
    const outcomes = await Promise.allSettled([
      listWebhooks(as(role)),
      listDeliveries(as(role), webhook.id, { limit: 10 }),
      ...(role === "admin"
        ? []
        : [
            createWebhook(as(role), { ...all, url }),
            testWebhook(as(role), webhook.id),
            resendDelivery(as(role), delivery.id),
            disableWebhook(as(role), webhook.id),
          ]),
    ]);
    const reads = role === "admin" || role === "operator";
    expect([role, ...outcomes.map(({ status }) => status === "fulfilled")]).toEqual([
      role,
      ...[reads, reads],
      ...(role === "admin" ? [] : [false, false, false, false]),
    ]);
  }
});

test("a disabled endpoint gives up what it was not told, takes no test, and stays disabled", async () => {
  const { webhook } = await createWebhook(as("admin"), { ...all, url });
  const { delivery } = await testWebhook(as("admin"), webhook.id);
  const disabled = await disableWebhook(as("admin"), webhook.id);
  expect(await disableWebhook(as("admin"), webhook.id)).toEqual(disabled);
  expect((await listDeliveries(as("operator"), webhook.id, { limit: 10 })).items).toMatchObject([
    { id: delivery.id, state: "failed", lastAnswer: "The endpoint was disabled.", nextAt: null },
  ]);
  await expect(testWebhook(as("admin"), webhook.id)).rejects.toMatchObject({ reason: "webhook-disabled" });
  await expect(resendDelivery(as("admin"), delivery.id)).rejects.toMatchObject({ reason: "webhook-disabled" });
});

test("a settled delivery is sent again under its id, one on its way is not", async () => {
  const { webhook } = await createWebhook(as("admin"), { ...all, url });
  const { delivery } = await testWebhook(as("admin"), webhook.id);
  await expect(resendDelivery(as("admin"), delivery.id)).rejects.toMatchObject({ reason: "still-pending" });
  await database.db.webhookDelivery.update({
    where: { id: delivery.id },
    data: { state: "failed", tries: 6, settledAt: now },
  });
  expect(await resendDelivery(as("admin"), delivery.id)).toMatchObject({
    delivery: { id: delivery.id, state: "pending", tries: 0, nextAt: now.toISOString(), settledAt: null },
  });
});

test("what is not there is not found", async () => {
  await expect(disableWebhook(as("admin"), "no")).rejects.toMatchObject({ code: "not-found" });
  await expect(resendDelivery(as("admin"), "no")).rejects.toMatchObject({ code: "not-found" });
});
