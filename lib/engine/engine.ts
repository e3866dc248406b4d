import type { Attribute, AttributeType } from "../catalogue/definition";
import type { GuardedRule } from "../guards/guarded-rule";
import type { Profile, RulePath } from "../rules/definition";

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
  readonly members: number;
  readonly byRegion: readonly { readonly region: string; readonly members: number }[];
  readonly funnel: readonly FunnelStep[];
};

export type ImpactCounts = { readonly entering: number; readonly leaving: number; readonly staying: number };

export type AttributeStatistics = {
  readonly customers: number;
  readonly missing: number;
  /** The most frequent values first; empty for numbers and timestamps. */
  readonly values: readonly { readonly value: string; readonly customers: number }[];
  /** Numbers, or milliseconds for timestamps. */
  readonly least?: number;
  readonly greatest?: number;
};

export type QueryOptions = { readonly signal?: AbortSignal };

/** The data plane: columnar storage of profiles and everything that is counted over them. Instants are milliseconds. */
export type Engine = {
  readonly kind: "duckdb";
  /** Adds columns for attributes that are not stored yet, without touching the rows there are. */
  addAttributes(attributes: readonly Attribute[]): Promise<void>;
  storedAttributes(): Promise<ReadonlyMap<string, AttributeType>>;
  /** Replaces whole profiles by id, in one transaction. */
  upsert(profiles: readonly Profile[]): Promise<{ inserted: number; updated: number }>;
  get(id: string): Promise<Profile | null>;
  /** Up to `limit` ids that start with `prefix`, in code point order. */
  findIds(prefix: string, limit: number): Promise<string[]>;
  population(): Promise<number>;
  count(rule: GuardedRule, asOf: number, options?: QueryOptions): Promise<number>;
  counts(rule: GuardedRule, asOf: number, options?: QueryOptions): Promise<Counts>;
  impact(before: GuardedRule, after: GuardedRule, asOf: number, options?: QueryOptions): Promise<ImpactCounts>;
  /** Every member's id in code point order, in pages. */
  members(rule: GuardedRule, asOf: number, options?: QueryOptions): AsyncIterable<readonly string[]>;
  statistics(attribute: string): Promise<AttributeStatistics>;
  byRegion(): Promise<readonly { readonly region: string | null; readonly customers: number }[]>;
  /** When profiles last changed, milliseconds; null when there are none. */
  changedAt(): Promise<number | null>;
  /** Answers a trivial question; rejects when the engine cannot. */
  ping(): Promise<void>;
  close(): Promise<void>;
};
