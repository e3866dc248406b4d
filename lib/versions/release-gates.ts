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
  };
  /** Percent asked for. */
  readonly rollout: number;
  readonly segmentArchived: boolean;
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
    /** Whether a reference of its rule would stand for something else now: to take that over is a change of its own. */
    readonly outdated: boolean;
  } | null;
};

/** An environment that asks for no approvals takes submitted content too: it was checked and is frozen by its hash. */
const statesWithoutApproval: ReadonlySet<VersionState> = new Set(["in_review", "approved", "released"]);

export function refusalOfRelease(facts: ReleaseFacts): Refusal | null {
  const { version, environment, tally, current } = facts;
  if (facts.segmentArchived) {
    return { code: "conflict", reason: "archived", message: "The segment is archived." };
  }
  const served = current?.contentHash === version.contentHash ? current : null;
  if (served?.killed) {
    const message = `Version ${served.number} was emptied by the kill switch in ${environment.name}: an operator brings it back by a rollback, with a reason.`;
    return { code: "conflict", reason: "killed", message };
  }
  const retakes = served?.outdated && tally.asks.length === 0;
  if (served?.versionId === version.id && served.rolloutPercent === facts.rollout && !retakes) {
    const already = `${environment.name} serves this version to ${facts.rollout} % already.`;
    const message = served.outdated
      ? `${already} What it refers to has changed since: open a draft to have that reviewed.`
      : already;
    return { code: "conflict", reason: "already-live", message };
  }
  if (environment.frozen !== null) {
    return { code: "conflict", reason: "frozen", message: `${environment.name} is frozen: ${environment.frozen}` };
  }
  if (environment.servedFirstBy !== null) {
    const message = `${environment.name} takes what ${environment.servedFirstBy} serves: release this version there first.`;
    return { code: "conflict", reason: "not-promoted", message };
  }
  if (tally.asks.length === 0) {
    if (statesWithoutApproval.has(version.state)) return null;
    const message = `${environment.name} takes a version once it has been submitted; this one is ${version.state.replace("_", " ")}.`;
    return { code: "conflict", reason: "wrong-state", message };
  }
  if (version.state === "in_review") return missingApprovals(facts);
  if (version.state === "draft") return notSubmitted;
  const wrongState =
    version.state === "superseded" || facts.gaveWay ? superseded : stateRefusal(version.state, "release");
  if (wrongState) return wrongState;
  if (current && current.versionId !== version.id && current.versionId !== version.baseVersionId) {
    const message = `Version ${current.number} has gone live in ${environment.name} since this draft was opened: rebase it onto what is live.`;
    return { code: "conflict", reason: "rebase-needed", message, detail: { live: current.number } };
  }
  return tally.complete ? null : missingApprovals(facts);
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
  const missing = asks.flatMap((ask) => ({ ...ask, count: ask.count - ask.given.length })).filter(({ count }) => count > 0);
  const message =
    missing.length === 0
      ? `${name} asks for approvals; somebody asked for changes or rejected this content.`
      : `${name} asks for ${asksInWords(asks)}; still missing: ${asksInWords(missing)}.`;
  return { code: "blocked", reason: "not-approved", message, detail: { missing } };
}
