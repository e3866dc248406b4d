import type { GuardedRule } from "../guards/guarded-rule";

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

export type Turnover = { readonly before: number; readonly entered: number; readonly left: number };
