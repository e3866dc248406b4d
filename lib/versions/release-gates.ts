import { asksInWords } from "./approval-policy";
import { type Refusal, stateRefusal } from "./refusal";
import type { Tally } from "./review-policy";
import { nextState, type VersionState } from "./state";

/** What decides whether a version may be served in an environment, as it is at that moment. */
export type ReleaseFacts = {
  readonly version: {
    readonly id: string;
    readonly state: VersionState;
    readonly baseVersionId: string | null;
    readonly contentHash: string;
    readonly submittedAt: Date | null;
  };
  /** Percent asked for. */
  readonly rollout: number;
  /** Whether the environment served this version once and serves another now: it was rolled back, or superseded. */
  readonly gaveWay: boolean;
  readonly environment: {
    readonly name: string;
    /** Why nothing is released to it now, where that is so. */
    readonly frozen: string | null;
    /** The name of the environment that must serve the version first, where it does not yet. */
    readonly servedFirstBy: string | null;
  };
  /** What the environment asks for, and the approvals that count now. */
  readonly tally: Pick<Tally, "asks" | "complete">;
  /** What the environment serves of the segment now. */
  readonly current: {
    readonly versionId: string;
    readonly number: number;
    readonly contentHash: string;
    readonly rolloutPercent: number;
    readonly killed: boolean;
    readonly since: Date;
    /** Whether a reference of its rule would stand for something else now: to take that over is a change of its own. */
    readonly outdated: boolean;
  } | null;
};

/** An environment that asks for no approvals takes submitted content too: it was checked and is frozen by its hash. */
const statesWithoutApproval: ReadonlySet<VersionState> = new Set(["in_review", "approved", "released"]);

export function refusalOfRelease(facts: ReleaseFacts): Refusal | null {
  return refusalsOfRelease(facts)[0] ?? null;
}

/** Everything that is in the way, what decides first before the rest. */
export function refusalsOfRelease(facts: ReleaseFacts): readonly Refusal[] {
  return [refusalOfServed(facts), refusalOfFreeze(facts), refusalOfPromotion(facts), refusalOfReview(facts)].flatMap(
    (refusal) => refusal ?? [],
  );
}

/**
 * Why a version is not released without its approvals. It breaks the quorum, a freeze and the way through another
 * environment; what was never submitted, what was emptied and what would undo a later version stay where they are.
 */
export function refusalOfBreakGlass(facts: ReleaseFacts): Refusal | null {
  if (refusalOfRelease(facts) === null) {
    const message = "Nothing stands in the way of a release: there is no glass to break.";
    return { code: "conflict", reason: "nothing-to-break", message };
  }
  if (facts.version.state === "draft") return notSubmitted;
  return refusalOfServed(facts) ?? stateRefusal(facts.version.state, "break_glass") ?? refusalOfBase(facts);
}

function refusalOfServed({ version, environment, rollout, tally, current }: ReleaseFacts): Refusal | null {
  const served = current?.contentHash === version.contentHash ? current : null;
  if (served?.killed) {
    const message = `Version ${served.number} was emptied by the kill switch in ${environment.name}: an operator brings it back by a rollback, with a reason.`;
    return { code: "conflict", reason: "killed", message };
  }
  const retakes = served?.outdated && tally.asks.length === 0;
  if (served?.versionId !== version.id || served.rolloutPercent !== rollout || retakes) return null;
  const already = `${environment.name} serves this version to ${rollout} % already.`;
  const message = served.outdated
    ? `${already} What it refers to has changed since: open a draft to have that reviewed.`
    : already;
  return { code: "conflict", reason: "already-live", message };
}

function refusalOfFreeze({ environment: { name, frozen } }: ReleaseFacts): Refusal | null {
  if (frozen === null) return null;
  return { code: "conflict", reason: "frozen", message: `${name} is frozen: ${frozen}` };
}

function refusalOfPromotion({ environment: { name, servedFirstBy } }: ReleaseFacts): Refusal | null {
  if (servedFirstBy === null) return null;
  const message = `${name} takes what ${servedFirstBy} serves: release this version there first.`;
  return { code: "conflict", reason: "not-promoted", message };
}

function refusalOfReview(facts: ReleaseFacts): Refusal | null {
  const { version, environment, tally } = facts;
  if (tally.asks.length === 0) {
    if (statesWithoutApproval.has(version.state)) return refusalSinceEmptied(facts);
    const message = `${environment.name} takes a version once it has been submitted; this one is ${version.state.replace("_", " ")}.`;
    return { code: "conflict", reason: "wrong-state", message };
  }
  if (version.state === "in_review") return missingApprovals(facts);
  if (version.state === "draft") return notSubmitted;
  const wrongState =
    version.state === "superseded" || facts.gaveWay ? superseded : stateRefusal(version.state, "release");
  return wrongState ?? refusalOfBase(facts) ?? (tally.complete ? null : missingApprovals(facts));
}

/** Where nobody approves, what was submitted before the kill switch was used does not bring customers back. */
function refusalSinceEmptied({ version, environment, current }: ReleaseFacts): Refusal | null {
  if (!current?.killed || (version.submittedAt !== null && version.submittedAt > current.since)) return null;
  const message = `The segment was emptied in ${environment.name} since this version was submitted: submit it anew.`;
  return { code: "conflict", reason: "emptied-since", message };
}

function refusalOfBase({ version, environment, current }: ReleaseFacts): Refusal | null {
  if (!current || current.versionId === version.id || current.versionId === version.baseVersionId) return null;
  const message = `Version ${current.number} has gone live in ${environment.name} since this draft was opened: rebase it onto what is live.`;
  return { code: "conflict", reason: "rebase-needed", message, detail: { live: current.number } };
}

/** Serving leaves a version under review where it is, unless the environment asked for approvals and got them. */
export function stateWhenServed(state: VersionState, reviewed: boolean): VersionState {
  const next = nextState(state, "release");
  return next !== undefined && (reviewed || state === "superseded") ? next : state;
}

const superseded: Refusal = {
  code: "conflict",
  reason: "wrong-state",
  message: "A version that gave way to another comes back by a rollback, with a reason.",
};

const notSubmitted: Refusal = {
  code: "blocked",
  reason: "not-approved",
  message: "A draft is submitted and approved before it is released.",
};

function missingApprovals({ environment: { name }, tally: { asks } }: ReleaseFacts): Refusal {
  const missing = asks
    .flatMap((ask) => ({ ...ask, count: ask.count - ask.given.length }))
    .filter(({ count }) => count > 0);
  const message =
    missing.length === 0
      ? `${name} asks for approvals; somebody asked for changes or rejected this content.`
      : `${name} asks for ${asksInWords(asks)}; still missing: ${asksInWords(missing)}.`;
  return { code: "blocked", reason: "not-approved", message, detail: { missing } };
}
