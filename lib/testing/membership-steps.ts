import fc from "fast-check";
import { createAttributeSchema } from "../catalogue/contract";
import type { IngestBatch } from "../engine/customer-records";
import { createEventTypeSchema } from "../events/contract";
import { createEventType } from "../events/server/create-event-type";
import { defineAttribute } from "../events/server/define-attribute";
import { type Governance, released, testNow } from "./governance";

export const hourMs = 3_600_000;

/** What may move customers between segments. Instants are hours after `testNow`, ids of customers 0 to 19. */
export type MembershipStep =
  | { readonly kind: "ingest"; readonly batch: readonly IngestedItem[] }
  | { readonly kind: "release"; readonly segment: number; readonly rollout: number }
  | { readonly kind: "kill"; readonly segment: number }
  | { readonly kind: "crash"; readonly segment: number }
  | { readonly kind: "wait"; readonly hours: number };

type IngestedItem =
  | { readonly kind: "profile"; readonly customer: number; readonly plan: string; readonly region: string }
  | { readonly kind: "seen"; readonly customer: number; readonly hoursAgo: number }
  | { readonly kind: "order"; readonly customer: number; readonly hoursAgo: number; readonly event: number }
  | { readonly kind: "consent"; readonly customer: number; readonly state: "granted" | "withdrawn" | "objected" };

const customer = fc.nat(19);
const item: fc.Arbitrary<IngestedItem> = fc.oneof(
  fc.record({
    kind: fc.constant("profile" as const),
    customer,
    plan: fc.constantFrom("free", "premium"),
    region: fc.constantFrom("eu", "us"),
  }),
  fc.record({ kind: fc.constant("seen" as const), customer, hoursAgo: fc.integer({ min: -12, max: 72 }) }),
  fc.record({
    kind: fc.constant("order" as const),
    customer,
    hoursAgo: fc.integer({ min: -6, max: 60 }),
    event: fc.nat(400),
  }),
  fc.record({
    kind: fc.constant("consent" as const),
    customer,
    state: fc.constantFrom("granted" as const, "withdrawn" as const, "objected" as const),
  }),
);
const segment = fc.nat(3);

export const membershipStep: fc.Arbitrary<MembershipStep> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("ingest" as const),
      batch: fc.array(item, { minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("release" as const), segment, rollout: fc.constantFrom(20, 50, 80, 100) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("kill" as const), segment }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("crash" as const), segment }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("wait" as const), hours: fc.integer({ min: 1, max: 30 }) }) },
);

/** Released for everybody: by plan and consent, by a window of events, by a condition that looks back, by hand for a time. */
export async function releaseWatchedSegments(world: Governance): Promise<readonly { key: string; id: string }[]> {
  const author = world.as("author");
  await createEventType(
    author,
    createEventTypeSchema.parse({ key: "order", name: "Order", properties: [] }),
    world.engine,
  );
  const computation = { event: "order", aggregate: "count", window: { n: 24, unit: "hours" } };
  for (const attribute of [
    { key: "seen-at", name: "Seen", type: "timestamp" },
    { key: "orders-lately", name: "Orders", type: "number", source: "computed", computation },
  ])
    await defineAttribute(author, createAttributeSchema.parse(attribute), world.engine);
  const until = (hours: number) => new Date(testNow.getTime() + hours * hourMs).toISOString();
  const include = [5, 40, 90].map((hours, n) => ({
    customerId: `c000${n}`,
    reason: "Asked.",
    expiresAt: until(hours),
  }));
  const conditions = {
    plan: { attribute: "plan", operator: "equals", value: "premium" },
    orders: { attribute: "orders-lately", operator: "at_least", value: 1 },
    seen: { attribute: "seen-at", operator: "within_last", value: { n: 36, unit: "hours" } },
    hand: { attribute: "spend", operator: "greater_than", value: 300 },
  };
  const regions = ["eu", "us"];
  const documents = {
    watched_plan: { definition: { rule: { all: [conditions.plan] } }, purposes: ["marketing"], regions },
    watched_orders: { definition: { rule: { all: [conditions.orders] } }, regions },
    watched_seen: { definition: { rule: { all: [conditions.seen] } } },
    watched_hand: { definition: { rule: { all: [conditions.hand] }, include } },
  };
  const versions: { key: string; id: string }[] = [];
  for (const [key, change] of Object.entries(documents)) {
    const { id } = await released(world, key, change);
    versions.push({ key, id });
  }
  return versions;
}

export function ingestedBatch(items: readonly IngestedItem[], now: number): IngestBatch {
  const id = (number: number) => `c${String(number).padStart(4, "0")}`;
  const of = <K extends IngestedItem["kind"]>(kind: K) =>
    items.filter((each): each is Extract<IngestedItem, { kind: K }> => each.kind === kind);
  return {
    changes: [
      ...of("profile").map(({ customer, plan, region }) => ({ id: id(customer), region, attributes: { plan } })),
      ...of("seen").map(({ customer, hoursAgo }) => {
        return { id: id(customer), attributes: { "seen-at": now - hoursAgo * hourMs } };
      }),
    ],
    events: of("order").map(({ customer, hoursAgo, event }) => {
      return { id: `e${event}`, customerId: id(customer), type: "order", at: now - hoursAgo * hourMs, properties: {} };
    }),
    consents: of("consent").map(({ customer, state }) => {
      return { customerId: id(customer), purpose: "marketing", state, at: now, source: "test" };
    }),
  };
}
