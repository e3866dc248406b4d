import type { Computation, EventType } from "../catalogue/definition";
import type { ComputedAttribute } from "../engine/engine";
import type { Rule } from "../rules/definition";
import { computedAttribute } from "./event-arbitraries";

export const purchase: EventType = {
  ...{ key: "purchase", name: "Purchase", description: "" },
  properties: [
    { key: "cds", name: "CDs", type: "number" },
    { key: "amount", name: "Amount", type: "number" },
  ],
};

const computations: Readonly<Record<string, Partial<Computation>>> = {
  purchases: { aggregate: "count" },
  spend: { aggregate: "sum", property: "amount" },
  first_purchase: { aggregate: "min", property: "at" },
  last_purchase: { aggregate: "last", property: "at" },
  most_cds: { aggregate: "max", property: "cds" },
};

export const purchaseAttributes: readonly ComputedAttribute[] = Object.entries(computations).map(([key, given]) =>
  computedAttribute(key, purchase, { event: purchase.key, aggregate: "count", filter: [], ...given }),
);

const before = (attribute: string, day: string): Rule => ({
  attribute,
  operator: "before",
  value: `${day}T00:00:00.000Z`,
});
/** On the day or later. */
const since = (attribute: string, day: string): Rule => ({
  all: [{ attribute, operator: "is_set" }, { none: [before(attribute, day)] }],
});

export const purchaseRules: Readonly<Record<string, Rule>> = {
  D1: { attribute: "purchases", operator: "at_least", value: 10 },
  D2: { attribute: "spend", operator: "at_least", value: 500 },
  D3: { attribute: "purchases", operator: "equals", value: 1 },
  D4: { all: [before("first_purchase", "1997-02-01"), since("last_purchase", "1998-01-01")] },
  D5: since("last_purchase", "1998-04-02"),
  D6: { attribute: "spend", operator: "equals", value: 0 },
  D7: { attribute: "most_cds", operator: "at_least", value: 10 },
  D8: { all: [before("last_purchase", "1997-07-01"), { attribute: "spend", operator: "at_least", value: 100 }] },
};
