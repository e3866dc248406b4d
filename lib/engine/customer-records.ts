import type { AttributeValue } from "../rules/definition";

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
