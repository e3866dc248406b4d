import type { z } from "zod";
import {
  type Attribute,
  attributeSchema,
  type computationSchema,
  type EventType,
  eventTypeSchema,
} from "../../lib/catalogue/definition";

export const demoEventTypes: readonly EventType[] = [
  eventTypeSchema.parse({
    key: "order",
    name: "Order",
    description: "Placed and paid; a cancelled one does not count.",
    properties: [
      { key: "amount", name: "Amount", type: "number" },
      { key: "category", name: "Category", type: "string" },
      { key: "voucher", name: "Voucher", type: "boolean" },
    ],
  }),
  eventTypeSchema.parse({
    key: "session",
    name: "Session",
    description: "A visit, ended by half an hour of silence.",
    properties: [
      { key: "device", name: "Device", type: "string" },
      { key: "minutes", name: "Minutes", type: "number" },
    ],
  }),
];

/** What follows from the events: attributes that nobody sends. */
export const demoComputed: readonly Attribute[] = [
  computed(
    { key: "spend_365d", name: "Spend", type: "number", unit: "EUR in 365 days" },
    {
      ...{ event: "order", aggregate: "sum", property: "amount", window: { n: 365, unit: "days" } },
    },
  ),
  computed(
    { key: "first_order_at", name: "First order", type: "timestamp" },
    {
      ...{ event: "order", aggregate: "min", property: "at" },
    },
  ),
  computed(
    { key: "long_sessions_30d", name: "Long sessions", type: "number", unit: "in 30 days" },
    {
      ...{ event: "session", aggregate: "count", window: { n: 30, unit: "days" } },
      filter: [{ property: "minutes", operator: "at_least", value: 10 }],
    },
  ),
];

function computed(
  named: Pick<Attribute, "key" | "name" | "type" | "unit">,
  computation: z.input<typeof computationSchema>,
): Attribute {
  return attributeSchema.parse({ ...named, source: "computed", computation });
}
