import type { Attribute, AttributeType, EventType } from "../catalogue/definition";
import type { GuardedRule } from "../guards/guarded-rule";
import type { ImpactCause } from "../guards/impact-steps";
import type { CheckedComputation } from "../rules/check-computation";
import type { AttributeValue, Profile, RulePath } from "../rules/definition";

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

/** Something that a customer did. `at` and properties of type timestamp are milliseconds. */
export type CustomerEvent = {
  readonly id: string;
  readonly customerId: string;
  readonly type: string;
  readonly at: number;
  readonly properties: Readonly<Record<string, string | number | boolean>>;
};

export type EventPage = { readonly limit: number; readonly before?: Pick<CustomerEvent, "at" | "id"> };

/** What names a customer beside their id. `value` is normalised already, or a keyed hash. */
export type Identity = { readonly namespace: string; readonly value: string; readonly customerId: string };

/** What is told anew of a customer: what it leaves out stays as it is, null takes away. */
export type ProfileChange = {
  readonly id: string;
  readonly region?: string | null;
  readonly attributes?: Readonly<Record<string, AttributeValue | null>>;
};

export const consentStates = ["granted", "withdrawn", "objected"] as const;
export type ConsentState = (typeof consentStates)[number];

/** What a customer said about one purpose, and the proof of it. `at` is when they said it, in milliseconds. */
export type ConsentStatement = {
  readonly customerId: string;
  readonly purpose: string;
  readonly state: ConsentState;
  readonly at: number;
  /** Where it comes from, as "key:ID", "import:ID" or whatever the sender calls it. */
  readonly source: string;
  /** Which version of which text they agreed to. */
  readonly text?: string;
};

/** Two customers who turned out to be one: `from` is no longer one of their own. */
export type MergePair = { readonly from: string; readonly into: string };

export type IngestBatch = {
  readonly changes?: readonly ProfileChange[];
  readonly consents?: readonly ConsentStatement[];
  readonly events?: readonly CustomerEvent[];
  readonly identities?: readonly Identity[];
};

export type IngestResult = {
  readonly inserted: number;
  /** Known customers whose profiles are not as they were. */
  readonly updated: number;
  /** Events and statements that were not known, and those that were. */
  readonly appended: number;
  readonly repeated: number;
  /** The same by their places in the batch. */
  readonly repeats: { readonly events: readonly number[]; readonly consents: readonly number[] };
  /** Identities that name somebody else, and are left so. */
  readonly taken: readonly Identity[];
  /** Whose profile has changed, and who did something. */
  readonly touched: readonly string[];
};

/** A line of the membership log: what a segment in an environment is to its consumers. */
export type LoggedSegment = { readonly environment: string; readonly segment: string };
export type MembershipMove = {
  readonly revision: number;
  readonly segment: string;
  readonly change: "entered" | "left";
  readonly cause: string;
};
export type MembershipChange = MembershipMove & { readonly customerId: string };

/** What is to be the members of some segments at a revision. */
export type Materialisation = {
  readonly environment: string;
  readonly revision: number;
  readonly asOf: number;
  readonly cause: string;
  /** A rule of null empties its segment. */
  readonly segments: readonly { readonly segment: string; readonly rule: GuardedRule | null }[];
  /** Only these are looked at; everybody else stays what they are. */
  readonly customers?: readonly string[];
};
export type MembersAt = LoggedSegment & {
  readonly revision: number;
  /** Only those who resided there. */
  readonly regions?: readonly string[];
  /** Only some, of these few. */
  readonly among?: readonly string[];
  /** Only ids behind this one, and so many at most. */
  readonly after?: string;
  readonly limit?: number;
};
/** Changes with `after < revision <= upTo`. */
export type ChangesBetween = {
  readonly environment: string;
  readonly after: number;
  readonly upTo: number;
  /** Only what is told there: who moves to another region leaves here. */
  readonly regions?: readonly string[];
  /** Only what comes behind this change, and so many at most. */
  readonly behind?: Pick<MembershipChange, "revision" | "segment" | "customerId">;
  readonly limit?: number;
};
/** Memberships; `relocated` ones were and stay, of customers who reside in another region than before. */
export type Moves = { readonly entered: number; readonly left: number; readonly relocated: number };

export type AttributeStatistics = {
  readonly customers: number;
  readonly missing: number;
  /** The most frequent values first; empty for numbers and timestamps. */
  readonly values: readonly { readonly value: string; readonly customers: number }[];
  /** Numbers, or milliseconds for timestamps. */
  readonly least?: number;
  readonly greatest?: number;
};

/** `for` names whoever waits for the answer: nobody's questions keep another's waiting. */
export type QueryOptions = { readonly signal?: AbortSignal; readonly for?: string };

/** The data plane: columnar storage of profiles and everything that is counted over them. Instants are milliseconds. */
export type Engine = {
  readonly kind: "duckdb" | "clickhouse";
  /** Adds columns for attributes that are not stored yet, without touching the rows there are. */
  addAttributes(attributes: readonly Attribute[]): Promise<void>;
  storedAttributes(): Promise<ReadonlyMap<string, AttributeType>>;
  /** Replaces whole profiles by id, in one transaction. */
  upsert(profiles: readonly Profile[]): Promise<{ inserted: number; updated: number }>;
  /**
   * Takes over a batch, in one transaction where the storage has them; the same batch again changes nothing. A customer
   * first seen in `changes` is made. Statements and events of somebody unknown are kept, and hold once the customer
   * comes. Of one customer's statements on a purpose the latest decides, of several at one instant the strictest. `now`
   * is when the batch became known. Throws `invalid` for what cannot be stored, and keeps nothing then.
   */
  ingest(batch: IngestBatch, now: number): Promise<IngestResult>;
  get(id: string): Promise<Profile | null>;
  /** Of the customers that are known: their region, or null. */
  regionsOf(ids: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
  /** The newest first. */
  consentsOf(customerId: string): Promise<ConsentStatement[]>;
  /**
   * The customer as they were known at an instant: stored values, region and consents of then, and what is computed from
   * the events up to then. Null before they were known.
   */
  profileAt(customerId: string, asOf: number, computed: readonly ComputedAttribute[]): Promise<Profile | null>;
  /** Up to `limit` ids that start with `prefix`, in code point order. */
  findIds(prefix: string, limit: number): Promise<string[]>;
  population(): Promise<number>;

  count(rule: GuardedRule, asOf: number, options?: QueryOptions): Promise<number>;
  /**
   * `by` is an attribute to split the members by. Ranges reach from the `ends`-th least to the `ends`-th greatest value
   * (1 unless told), so that bounds follow from no fewer; members beyond count among `other`.
   */
  counts(
    rule: GuardedRule,
    asOf: number,
    options?: QueryOptions & { readonly by?: string; readonly ends?: number },
  ): Promise<Counts>;
  /**
   * `samples` of each kind at most, none without it; `scores` are the keys of attributes that are scores; `sums` those of
   * numeric attributes to sum over who enters and who leaves. Throws `invalid` for one that is not numeric.
   */
  impact(
    before: GuardedRule,
    after: GuardedRule,
    asOf: number,
    options?: QueryOptions & {
      readonly samples?: number;
      readonly scores?: ReadonlySet<string>;
      readonly sums?: readonly string[];
    },
  ): Promise<Impact>;
  /** Numeric attributes over the members, by attribute. Throws `invalid` for one that is not numeric. */
  sums(
    rule: GuardedRule,
    attributes: readonly string[],
    asOf: number,
    options?: QueryOptions,
  ): Promise<Readonly<Record<string, Sum>>>;
  /** Throws `invalid` for more than 64 rules. With `within`, only its members are looked at: they are the population. */
  overlap(
    rules: readonly GuardedRule[],
    asOf: number,
    options?: QueryOptions & { readonly within?: GuardedRule },
  ): Promise<Overlap>;
  /** Every member's id in code point order, in pages. */
  members(rule: GuardedRule, asOf: number, options?: QueryOptions): AsyncIterable<readonly string[]>;

  /** Adds event types and properties that are not stored yet. */
  addEventTypes(types: readonly EventType[]): Promise<void>;
  /** An event whose id is known already changes nothing. All or none; throws `invalid` for what does not fit its type. */
  appendEvents(events: readonly CustomerEvent[]): Promise<{ appended: number; repeated: number }>;
  /** A customer's events, the newest first, of several at one instant by id backwards; `before` is the last one seen. */
  eventsOf(customerId: string, page: EventPage): Promise<CustomerEvent[]>;
  /** Writes computed attributes anew, as they follow from the events up to `asOf`: for every customer, or for some. */
  refresh(
    computed: readonly ComputedAttribute[],
    asOf: number,
    options?: QueryOptions & { readonly customers?: readonly string[] },
  ): Promise<void>;
  /**
   * Customers for whom time alone may have changed something computed from one instant to a later one: an event left a
   * window, or one that was dated ahead began to count.
   */
  slid(
    computed: readonly ComputedAttribute[],
    between: { readonly from: number; readonly to: number },
  ): Promise<readonly string[]>;

  /** The customer whom an identity names, known or not yet; null for nobody. */
  findByIdentity(namespace: string, value: string): Promise<string | null>;
  /** By namespace and value. */
  identitiesOf(customerId: string): Promise<Identity[]>;
  /** `taken` name somebody else and are left so; what names its customer already changes nothing. */
  link(identities: readonly Identity[]): Promise<{ linked: number; taken: readonly Identity[] }>;
  /** What does not name the customer that it is said to name stays. */
  unlink(identities: readonly Identity[]): Promise<void>;

  /**
   * Makes one customer of two: see `mergedCustomer`. Events, statements and identities of `from` are those of `into` from
   * now on, also what comes in later. What is computed is not written anew. A second time it changes nothing. Throws
   * not-found for who is not known, and conflict for who has been merged into somebody else.
   */
  merge(pair: MergePair, now: number): Promise<{ touched: readonly string[] }>;
  /** Parts them again: see `partedCustomer`. Nothing happens to who is not merged. */
  unmerge(pair: MergePair, now: number): Promise<{ touched: readonly string[] }>;
  /** Of those who were merged, who they are now. */
  mergedInto(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;

  /**
   * Takes away everything that names one of the customers, also where it was kept of the past, so that storage holds
   * none of it any more. Gives how many rows were found, by place; a second time finds none and completes what was cut
   * off. Everybody else's data is as it was, and who reads meanwhile reads on. Throws blocked where storage was too busy.
   */
  erase(ids: readonly string[]): Promise<Readonly<Record<string, number>>>;
  /** Rows that name one of the customers, by place. */
  traces(ids: readonly string[]): Promise<Readonly<Record<string, number>>>;

  /**
   * Writes into the membership log, all or nothing, what makes the rules' members at `asOf` the segments' members at
   * `revision`, which must be greater than every revision of theirs in the log. Waits neither for imports nor for what
   * comes in.
   */
  materialise(of: Materialisation, options?: QueryOptions): Promise<Moves>;
  /** Ids in code point order, in pages. */
  membersAt(of: MembersAt, options?: QueryOptions): AsyncIterable<readonly string[]>;
  /** By revision, segment and id, in pages. */
  changesBetween(of: ChangesBetween, options?: QueryOptions): AsyncIterable<readonly MembershipChange[]>;
  /** The whole line of one customer, by revision; what is beyond the head is not committed, and among it. */
  membershipsOf(environment: string, customerId: string): Promise<readonly MembershipMove[]>;
  /** Removes what was logged beyond the head that PostgreSQL names: it was never committed. */
  forgetBeyond(of: { readonly environment: string; readonly revision: number }): Promise<void>;
  /**
   * Forgets who was a member when before a revision. Its own members stay known, each with revision and cause of when
   * they last entered.
   */
  compact(of: { readonly environment: string; readonly upTo: number }): Promise<void>;
  /** The oldest revision of which the log knows the members. */
  floor(environment: string): Promise<number>;
  /** The newest revision at which the log has a row, or else the floor. */
  newestLogged(environment: string): Promise<number>;

  statistics(attribute: string): Promise<AttributeStatistics>;
  /**
   * Of a numeric attribute the least value, those that part the customers who have one into `parts` of one size, and the
   * greatest; empty where nobody has one. Throws `invalid` for another attribute.
   */
  quantiles(attribute: string, parts: number): Promise<readonly number[]>;
  /** How many were members at the revision `after`, and how many others are at `upTo`; who came and went is neither. */
  turnover(of: LoggedSegment & { readonly after: number; readonly upTo: number }): Promise<Turnover>;
  byRegion(): Promise<readonly { readonly region: string | null; readonly customers: number }[]>;
  /** When profiles last changed, milliseconds; null when there are none. */
  changedAt(): Promise<number | null>;
  /** Answers a trivial question; rejects when the engine cannot. */
  ping(): Promise<void>;
  close(): Promise<void>;
};

export type Turnover = { readonly before: number; readonly entered: number; readonly left: number };

/** A computed attribute whose computation fits its event type: see `checkComputation`. */
export type ComputedAttribute = {
  readonly attribute: Attribute;
  readonly event: EventType;
  readonly computation: CheckedComputation;
};
