import type { ImpactCause } from "../guards/impact-steps";
import type { RulePath } from "../rules/definition";

/** One row of the funnel. All are numbers of customers. */
export type FunnelStep = {
  /** Into the author's rule; empty for the rule's root. */
  readonly path: RulePath;
  /** Holds for so many of the whole population, whatever else the rule says. */
  readonly alone: number;
  /** Left when the steps before it (earlier siblings in every `all` above it) hold too. */
  readonly cumulative: number;
  /** Lack the attribute; 0 for a group. */
  readonly missing: number;
};

/** Whom one guard keeps out although rule and lists would take them; a customer counts for the first that does. */
export type GuardLoss = {
  readonly guard: "consent" | "objection" | "region";
  /** Of a consent or an objection. */
  readonly purpose?: string;
  readonly customers: number;
};

/** Members by the value of one attribute: one value, or a range of numbers or instants (`from <= x < to`, the last closed). */
export type AttributeGroup =
  | { readonly value: string; readonly members: number }
  | { readonly from: number; readonly to: number; readonly members: number };

export type ByAttribute = {
  readonly attribute: string;
  /** The largest first for values, in their order for ranges; for a string set a member counts in several. */
  readonly groups: readonly AttributeGroup[];
  /** Members with a value that is in none of the groups. */
  readonly other: number;
  readonly missing: number;
};

export type Counts = {
  readonly population: number;
  /** The rule alone, before lists and guards. */
  readonly matched: number;
  /** Members by the include list whom the rule would not have taken. */
  readonly included: number;
  /** Whom the exclude list took out although rule or include list would have taken them. */
  readonly excluded: number;
  /** Taken out by a guard although rule and lists would have taken them; each counted once, consent first. */
  readonly denied: { readonly consent: number; readonly region: number };
  /** The same, guard by guard in the order of the guards; objections count among `denied.consent`. */
  readonly lost: readonly GuardLoss[];
  readonly members: number;
  readonly byRegion: readonly { readonly region: string; readonly members: number }[];
  readonly byAttribute?: ByAttribute;
  readonly funnel: readonly FunnelStep[];
};

/**
 * A numeric attribute summed over some customers: exact, of values rounded to four decimal places first. Who lacks it
 * counts as 0, and beyond ±9e14 a value counts as that.
 */
export type Sum = {
  readonly total: number;
  /** Of absolute values: what comes and what goes does not cancel out. */
  readonly size: number;
  /** The greatest absolute value of one customer. */
  readonly greatest: number;
};

export type ImpactCounts = { readonly entering: number; readonly leaving: number; readonly staying: number };

/** Who moves, and because of what; see `impactSteps` for how a cause is found. */
export type Impact = ImpactCounts & {
  readonly byCause: readonly { readonly cause: ImpactCause; readonly entering: number; readonly leaving: number }[];
  /** By id in code point order, at most `samples` of each. */
  readonly samples: { readonly entering: readonly ImpactSample[]; readonly leaving: readonly ImpactSample[] };
  /** By attribute, where sums were asked for. */
  readonly sums?: Readonly<Record<string, { readonly entering: Sum; readonly leaving: Sum }>>;
};
export type ImpactSample = { readonly id: string; readonly cause: ImpactCause };

/** Of up to 64 rules, by their place in the question. */
export type Overlap = {
  readonly population: number;
  readonly sizes: readonly number[];
  /** Every pair with a customer in both, `a < b`. */
  readonly pairs: readonly { readonly a: number; readonly b: number; readonly both: number }[];
  /** Customers by exactly which rules take them, also by none (`rules` is empty then); the largest first. */
  readonly intersections: readonly { readonly rules: readonly number[]; readonly customers: number }[];
};

export type AttributeStatistics = {
  readonly customers: number;
  readonly missing: number;
  /** The most frequent values first; empty for numbers and timestamps. */
  readonly values: readonly { readonly value: string; readonly customers: number }[];
  /** Numbers, or milliseconds for timestamps. */
  readonly least?: number;
  readonly greatest?: number;
};
