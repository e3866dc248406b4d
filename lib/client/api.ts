import type { EffectiveTreatment } from "../rules/precedence";
import type { RefusalCode, StewardError, StewardErrorCode } from "./steward-error";

export type ConnectOptions = {
  /** The feed of one environment, as `https://steward.example.com/feed/v1/production`. */
  readonly url: string;
  /** The secret of a key with the right `definitions`: `stw_…`. */
  readonly key: string;
  /** `stream` hears of a release at once; `poll` asks every `pollSeconds`. Default `stream`, which falls back to polls. */
  readonly mode?: "stream" | "poll";
  /** Default 30; each wait is up to a fifth longer or shorter. */
  readonly pollSeconds?: number;
  /** Where the last good bundle is kept, so that a restart needs no feed. Beside it lies a second copy, `<file>.copy`. */
  readonly cacheFile?: string;
  /**
   * Thumbprints (`kid`) of signing keys to trust. Without them the keys that are there at the first connect are trusted;
   * later ones need an endorsement by a trusted one either way.
   */
  readonly trustedKeys?: readonly string[];
  /** The scope's id to insist on. Without it, that of the first head is, for as long as `cacheFile` lasts. */
  readonly scope?: string;
  /** How this process calls itself in receipts, as its host's name. Default: a random name for each connect. */
  readonly instance?: string;
  /** Of one answer. Default 64 MiB. */
  readonly maxBytes?: number;
  readonly fetch?: typeof fetch;
  /** Milliseconds since 1970 UTC. */
  readonly now?: () => number;
};

export type AttributeInput = string | number | boolean | Date | readonly string[];

/** A customer as rules see one. Instants are a `Date` or milliseconds since 1970 UTC; what is not known is left out. */
export type Customer = {
  readonly id: string;
  readonly region?: string | undefined;
  /** The purposes granted and not withdrawn. */
  readonly consents: readonly string[];
  /** The purposes objected to. */
  readonly objections: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeInput | undefined>>;
};

/** `standing` is null for a segment in use; a deprecated one says why, and what to use instead. */
export type MatchedSegment = {
  readonly key: string;
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  readonly precedence: number;
  readonly standing: Standing | null;
};
export type Standing = {
  readonly state: "deprecated" | "archived";
  readonly notice: string;
  readonly removalAt?: string;
  readonly replacement?: string;
};

export type TreatmentValue = string | number | boolean;
export type Treatment = EffectiveTreatment<TreatmentValue>;

/**
 * - `starting`: nothing to answer with yet
 * - `current`: the feed has confirmed what is used
 * - `refusing`: the newest answer was not believed; the last good one is used
 * - `unreachable`: the feed does not answer; the last good one is used
 * - `expired`: the same, for longer than its signature holds
 */
export type ClientState = "starting" | "current" | "refusing" | "unreachable" | "expired" | "closed";

export type Status = {
  readonly state: ClientState;
  /** The environment's newest revision that was heard of; null while starting. */
  readonly revision: number | null;
  /** The revision of the bundle in use. */
  readonly released: number | null;
  /** Until when the bundle in use may be believed unconfirmed. */
  readonly expiresAt: Date | null;
  /** Since the feed confirmed what is used; null while it has not since the start. */
  readonly ageSeconds: number | null;
  /** The scope's id, as in the head. */
  readonly scope: string | null;
  readonly lastRefusal?: Refusal;
  readonly lastError?: Failure;
};

export type Refusal = { readonly code: RefusalCode; readonly message: string; readonly at: Date };
export type Failure = { readonly code: StewardErrorCode; readonly message: string; readonly at: Date };

export type ClientEvents = {
  /** Another bundle is in use. `segments` are the keys that came, went or changed. */
  readonly change: {
    readonly released: number;
    readonly previous: number | null;
    readonly segments: readonly string[];
  };
  /** Customers have entered or left segments that `isMember` was asked of, or who they are is to be loaded anew. */
  readonly members: { readonly revision: number; readonly segments: readonly string[] };
  /** An answer was not believed: told once for as long as the reason stays the same. */
  readonly refused: Refusal;
  /** The feed did not answer, the stream broke off, or the disk failed. */
  readonly error: StewardError;
  /** A good answer after refusals or failures. */
  readonly recovered: { readonly released: number };
};

export type Client = {
  /** The environment's newest revision that was heard of; null while starting. */
  readonly revision: number | null;
  /** Resolves once there is a verified bundle to answer with, from disk or from the feed. Rejects on abort and close. */
  ready(options?: { readonly signal?: AbortSignal }): Promise<void>;
  status(): Status;
  /** The segments that the customer is in, in the feed's order. `asOf`: milliseconds since 1970 UTC, by default now. */
  segmentsOf(customer: Customer, asOf?: number): readonly MatchedSegment[];
  /** One value for each treatment, by name and after precedence. */
  treatmentsOf(customer: Customer, asOf?: number): ReadonlyMap<string, Treatment>;
  /**
   * Whether the feed counts the customer as a member; their profile need not be known here. Needs a key with the right
   * `members`. The first call for a segment loads its members, and from then on they follow the feed.
   */
  isMember(segment: string, customerId: string): Promise<boolean>;
  /** Gives a function that ends the subscription. */
  on<Name extends keyof ClientEvents>(name: Name, listener: (event: ClientEvents[Name]) => void): () => void;
  /** Ends stream, polls and requests, and waits for what is being written. */
  close(): Promise<void>;
};
