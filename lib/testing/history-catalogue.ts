import { attributeSchema } from "../catalogue/definition";
import type { ComputedAttribute } from "../engine/engine";
import { checkSource } from "../events/check-source";
import type { Rule } from "../rules/definition";
import { historyCustomers } from "./history-steps";

/** When every history begins. */
export const historyBegin = Date.parse("2026-05-01T00:00:00Z");
export const order = { key: "order", name: "Order", description: "", properties: [] };
const stored = [
  { key: "plan", name: "Plan", type: "string" },
  { key: "seen", name: "Seen", type: "timestamp" },
].map((attribute) => attributeSchema.parse(attribute));
const orders = attributeSchema.parse({
  ...{ key: "orders", name: "Orders", type: "number", source: "computed" },
  computation: { event: "order", aggregate: "count", window: { n: 24, unit: "hours" } },
});
export const historyRules: readonly Rule[] = [
  { attribute: "plan", operator: "is_set" },
  { attribute: "plan", operator: "is_not_set" },
  { attribute: "orders", operator: "at_least", value: 1 },
  { attribute: "seen", operator: "within_last", value: { n: 36, unit: "hours" } },
];

export const historyAttributes = [...stored, orders];

export function computedAttributes(): readonly ComputedAttribute[] {
  const checked = checkSource(orders, new Map([[order.key, order]]));
  return checked.ok && checked.computed ? [checked.computed] : [];
}

export function environmentOf(number: number): string {
  return `h${String(number).padStart(6, "0")}`;
}

export function customersOf(number: number): string[] {
  return Array.from({ length: historyCustomers }, (_, n) => `${environmentOf(number)}-c${n}`);
}

export function changeOf(id: string, { region, ...attributes }: { region: string; plan: string | null; seen: number }) {
  return { id, region, attributes };
}
