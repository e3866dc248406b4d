/** What made customers enter or leave segments, the weightier first: who moved for several is told the first. */
export const membershipCauses = [
  "release",
  "erasure",
  "merge",
  "consent",
  "events",
  "data",
  "import",
  "time",
  "start",
] as const;
export type MembershipCause = (typeof membershipCauses)[number];

export function weightier(a: MembershipCause, b: MembershipCause): MembershipCause {
  return membershipCauses.indexOf(a) <= membershipCauses.indexOf(b) ? a : b;
}

/** In words, as the end of "entered because …". */
export const causeWords = {
  release: "of a release",
  erasure: "the customer was erased",
  merge: "customers were merged or parted",
  consent: "of a consent or objection",
  events: "of what the customer did",
  data: "the customer's data changed",
  import: "of an import",
  time: "time passed",
  start: "Steward looked at everybody when it started",
} as const satisfies Record<MembershipCause, string>;
