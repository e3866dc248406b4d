import type { Attribute, AttributeType, EventType } from "../catalogue/definition";
import type { GuardedRule } from "../guards/guarded-rule";
import type { CheckedComputation } from "../rules/check-computation";
import type { Profile } from "../rules/definition";
import type { AttributeStatistics, Counts, Impact, Overlap, Sum } from "./answers";
import type {
  ConsentStatement,
  CustomerEvent,
  EventPage,
  Identity,
  IngestBatch,
  IngestResult,
  MergePair,
} from "./customer-records";
import type {
  ChangesBetween,
  LoggedSegment,
  Materialisation,
  MembersAt,
  MembershipChange,
  MembershipMove,
  Moves,
  Turnover,
} from "./membership-records";

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

/** A computed attribute whose computation fits its event type: see `checkComputation`. */
export type ComputedAttribute = {
  readonly attribute: Attribute;
  readonly event: EventType;
  readonly computation: CheckedComputation;
};
