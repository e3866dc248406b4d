import type { Actor } from "../access/actor";
import { can, type Role } from "../access/permissions";
import type { Ask } from "./approval-policy";
import type { Refusal } from "./refusal";
import { stateRefusal } from "./refusal";
import type { VersionState } from "./state";

export type Reviewer = {
  readonly id: string;
  /** "issuer|subject" of single sign-on: two accounts of one subject are one person. */
  readonly subject: string | null;
  readonly roles: readonly Role[];
  readonly team: string | null;
  readonly disabled: boolean;
};

/** What a verdict is about. Contributors are those of every document of the segment since the live version. */
export type ReviewedContent = {
  readonly state: VersionState;
  readonly contentHash: string;
  readonly reviewCycle: number;
  readonly ownerTeam: string | null;
  readonly author: Reviewer;
  readonly contributors: readonly Reviewer[];
};

export type CastVerdict = {
  readonly id: string;
  readonly reviewer: Reviewer;
  readonly verdict: "approve" | "request_changes" | "reject";
  readonly contentHash: string;
  readonly reviewCycle: number;
  /** Why it stands no more although the content is the same: what it stood on has changed. */
  readonly voidedBy: string | null;
};

export const bars = {
  author: {
    reason: "self-approval",
    because: "the author",
    message: "You wrote this version: someone else reviews it.",
  },
  contributor: {
    reason: "contributor",
    because: "contributed since the live version",
    message: "You contributed to this segment since its live version: someone else reviews it.",
  },
  sameSubject: {
    reason: "same-subject",
    because: "a second account of someone who contributed",
    message: "Your sign-on is that of someone who contributed: someone else reviews this version.",
  },
  disabled: { reason: "disabled", because: "the account is disabled", message: "Your account is disabled." },
  lostRole: {
    reason: "lost-role",
    because: "no longer holds a role that reviews",
    message: "You no longer hold a role that reviews.",
  },
} as const;
export type Bar = (typeof bars)[keyof typeof bars];

/** Why a person's verdict cannot count, or null. */
export function barOf(reviewer: Reviewer, content: Pick<ReviewedContent, "author" | "contributors">): Bar | null {
  if (reviewer.id === content.author.id) return bars.author;
  if (content.contributors.some(({ id }) => id === reviewer.id)) return bars.contributor;
  const { subject } = reviewer;
  if (subject !== null && [content.author, ...content.contributors].some((each) => each.subject === subject)) {
    return bars.sameSubject;
  }
  if (reviewer.disabled) return bars.disabled;
  return can(reviewer, "version.review") ? null : bars.lostRole;
}

/** Why a verdict cannot be given now, or null; `reviewer` is the actor as the database knows them, if it does. */
export function refusalOfVerdict(
  actor: Pick<Actor, "via">,
  reviewer: Reviewer | null,
  content: ReviewedContent,
  event: "approve" | "request_changes" | "reject",
): Refusal | null {
  if (actor.via === "system" || reviewer === null) {
    return { code: "forbidden", reason: "no-person", message: "A verdict is given by a person." };
  }
  const bar = barOf(reviewer, content);
  if (bar) return { code: "forbidden", reason: bar.reason, message: bar.message };
  return stateRefusal(content.state, event);
}

export type Tally = {
  /** What is asked for, with the ids of the approvals that fill it. */
  readonly asks: readonly (Ask & { readonly given: readonly string[] })[];
  readonly complete: boolean;
  /** By verdict id: null where it counts, or why not. */
  readonly whyNot: ReadonlyMap<string, string | null>;
};

/**
 * Counts verdicts, given oldest first, against what is asked for. A person, by sign-on subject where there is one, has
 * one voice, the last, and fills one place whatever roles they hold.
 */
export function tally(verdicts: readonly CastVerdict[], content: ReviewedContent, asks: readonly Ask[]): Tally {
  const last = new Map<string, string>();
  for (const cast of verdicts) if (isOfContent(cast, content)) last.set(voiceOf(cast.reviewer), cast.id);
  const whyNot = new Map(
    verdicts.map((cast) => [cast.id, whyNotCounted(cast, content, last.get(voiceOf(cast.reviewer)))] as const),
  );
  const counted = verdicts.filter(({ id }) => whyNot.get(id) === null);
  const approvals = counted.filter(({ verdict }) => verdict === "approve");
  const filled = fill(asks, approvals, content.ownerTeam);
  return {
    asks: filled,
    complete: counted.length === approvals.length && filled.every(({ count, given }) => given.length >= count),
    whyNot,
  };
}

function whyNotCounted(cast: CastVerdict, content: ReviewedContent, lastOfVoice: string | undefined): string | null {
  if (cast.reviewCycle !== content.reviewCycle) return "given in an earlier round of review";
  if (cast.contentHash !== content.contentHash) return "given on an earlier content";
  const bar = barOf(cast.reviewer, content);
  if (bar) return bar.because;
  if (lastOfVoice !== cast.id) return "replaced by a later verdict";
  return cast.verdict === "approve" ? cast.voidedBy : null;
}

/** Gives each place to an approval that may fill it, as many as can be: augmenting paths in a bipartite graph. */
function fill(asks: readonly Ask[], approvals: readonly CastVerdict[], ownerTeam: string | null): Tally["asks"] {
  const places = asks.flatMap((ask) => Array.from({ length: ask.count }, () => ask));
  const holders = new Map<number, CastVerdict>();
  const seat = (cast: CastVerdict, tried: Set<number>): boolean =>
    places.some((ask, place) => {
      if (tried.has(place) || !mayFill(cast.reviewer, ask, ownerTeam)) return false;
      tried.add(place);
      const holder = holders.get(place);
      if (holder && !seat(holder, tried)) return false;
      holders.set(place, cast);
      return true;
    });
  for (const cast of approvals) seat(cast, new Set());
  return asks.map((ask) => ({
    ...ask,
    given: places.flatMap((each, place) => (each === ask ? (holders.get(place)?.id ?? []) : [])),
  }));
}

export function mayFill(
  { roles, team }: Pick<Reviewer, "roles" | "team">,
  ask: Ask,
  ownerTeam: string | null,
): boolean {
  return roles.includes(ask.role) && (!ask.ownerTeam || (team !== null && team === ownerTeam));
}

function isOfContent(cast: CastVerdict, content: ReviewedContent): boolean {
  return cast.reviewCycle === content.reviewCycle && cast.contentHash === content.contentHash;
}

function voiceOf({ id, subject }: Reviewer): string {
  return subject === null ? `account ${id}` : `subject ${subject}`;
}
