import fc from "fast-check";

/** What happens in a generated history, to one of a few customers or segments, by number. */
export type HistoryStep =
  | { readonly kind: "data"; readonly customer: number; readonly region: string; readonly plan: string | null }
  | { readonly kind: "consent"; readonly customer: number; readonly state: "granted" | "withdrawn" | "objected" }
  | { readonly kind: "event"; readonly customer: number; readonly hoursAgo: number }
  | { readonly kind: "time"; readonly hours: number }
  | { readonly kind: "release"; readonly segment: number; readonly variant: Variant }
  | { readonly kind: "roll back" | "archive" | "kill" | "kill unlogged"; readonly segment: number }
  | { readonly kind: "merge" | "unmerge"; readonly from: number; readonly into: number }
  | { readonly kind: "erase"; readonly customer: number }
  | { readonly kind: "compact"; readonly back: number }
  | { readonly kind: "rescope"; readonly reader: number; readonly scope: number };

export type Variant = {
  readonly rule: number;
  readonly regions: readonly string[];
  readonly purposes: readonly string[];
  readonly rollout: number;
};

/** A reader takes so many changes at a time, and perhaps not all that there are. */
export type Poll = { readonly reader: number; readonly limit: number; readonly pages: number };

export type HistoryMoment = {
  readonly step: HistoryStep;
  /** Whether the membership log has followed before anybody reads. */
  readonly isFollowed: boolean;
  readonly polls: readonly Poll[];
};

export const historyCustomers = 6;
export const historySegments = 3;
export const historyReaders = 2;

const regions = ["eu", "us", "uk"];
const customer = fc.nat(historyCustomers - 1);
const segment = fc.nat(historySegments - 1);
const variant: fc.Arbitrary<Variant> = fc.record({
  rule: fc.nat(3),
  regions: fc.subarray(regions, { minLength: 1 }),
  purposes: fc.subarray(["billing", "marketing"], { minLength: 1 }),
  rollout: fc.constantFrom(100, 100, 50),
});

const step: fc.Arbitrary<HistoryStep> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      ...{ kind: fc.constant("data" as const), customer },
      ...{ region: fc.constantFrom(...regions), plan: fc.constantFrom("pro", "pro", null) },
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ kind: fc.constant("consent" as const), customer },
      state: fc.constantFrom("granted" as const, "withdrawn" as const, "objected" as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("event" as const), customer, hoursAgo: fc.integer({ min: -5, max: 30 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("time" as const), hours: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("release" as const), segment, variant }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("roll back" as const, "archive" as const, "kill" as const, "kill unlogged" as const),
      segment,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ kind: fc.constantFrom("merge" as const, "unmerge" as const), from: customer, into: customer },
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("erase" as const), customer }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("compact" as const), back: fc.nat(6) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("rescope" as const),
      reader: fc.nat(historyReaders - 1),
      scope: fc.nat(2),
    }),
  },
);

const poll: fc.Arbitrary<Poll> = fc.record({
  reader: fc.nat(historyReaders - 1),
  limit: fc.constantFrom(1, 2, 3, 1_000),
  pages: fc.constantFrom(1, 2, 100),
});

/** Short, so that one that fails can be read. */
export const historyMoments: fc.Arbitrary<readonly HistoryMoment[]> = fc.array(
  fc.record({
    step,
    isFollowed: fc.constantFrom(true, true, true, false),
    polls: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 3, arbitrary: fc.array(poll, { minLength: 1, maxLength: 1 }) },
    ),
  }),
  { minLength: 3, maxLength: 9, size: "max" },
);
