import { expect, it } from "vitest";
import { type Computation, computationSchema, type EventType } from "../catalogue/definition";
import { describeComputation } from "./describe-computation";
import { sentence } from "./phrase";

const order: EventType = {
  key: "order",
  name: "Order",
  description: "",
  properties: [
    { key: "amount", name: "Amount", type: "number" },
    { key: "country", name: "Country", type: "string" },
    { key: "due_at", name: "Due", type: "timestamp" },
  ],
};

const window = { n: 90, unit: "days" } as const;
const cases: readonly [Partial<Computation>, string][] = [
  [{ aggregate: "count" }, "Number of Order events."],
  [{ aggregate: "count", window }, "Number of Order events in the last 90 days."],
  [
    {
      aggregate: "sum",
      property: "amount",
      window,
      filter: [{ property: "country", operator: "equals", value: "Germany" }],
    },
    "Sum of amount of Order in the last 90 days where country is Germany.",
  ],
  [
    {
      aggregate: "max",
      property: "amount",
      filter: [
        { property: "country", operator: "is_set" },
        { property: "due_at", operator: "within_last", value: { n: 1, unit: "days" } },
      ],
    },
    "Greatest amount of Order where country is set and due is within the last 1 day.",
  ],
  [{ aggregate: "distinct", property: "country" }, "Number of different values of country of Order."],
  [{ aggregate: "last", property: "country" }, "Latest country of Order."],
  [{ aggregate: "min", property: "at" }, "Instant of the first Order."],
  [{ aggregate: "max", property: "at", window }, "Instant of the newest Order in the last 90 days."],
  [{ aggregate: "sum" }, "Sum of … of Order."],
  [{ aggregate: "sum", property: "gone" }, "Sum of gone of Order."],
];

it.each(cases)("%j is told as: %s", (part, told) => {
  const computation = computationSchema.parse({ event: "order", ...part });
  expect(sentence(describeComputation(computation, order))).toBe(told);
});

it("a computation over an event type that nobody knows goes by its key", () => {
  const computation = computationSchema.parse({ event: "order", aggregate: "count" });
  expect(sentence(describeComputation(computation, undefined))).toBe("Number of order events.");
});
