import { type Refusal, stateRefusal } from "./refusal";
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
  readonly environment: { readonly name: string; readonly approvalsRequired: number };
  /** Approvals that count now. */
  readonly approvals: { readonly given: number; readonly standing: boolean };
  /** What the environment serves of the segment now. */
  readonly current: {
    readonly versionId: string;
    readonly number: number;
    readonly contentHash: string;
    readonly rolloutPercent: number;
    readonly killed: boolean;
    /** Whether a reference of its rule would stand for something else now. */
    readonly outdated: boolean;
  } | null;
};

/** An environment that asks for no approvals takes submitted content too: it was checked and is frozen by its hash. */
const statesWithoutApproval: ReadonlySet<VersionState> = new Set(["in_review", "approved", "released"]);

export function refusalOfRelease(facts: ReleaseFacts): Refusal | null {
  const { version, environment, approvals, current } = facts;
  if (facts.segmentArchived) {
    return { code: "conflict", reason: "archived", message: "The segment is archived." };
  }
  const served = current?.contentHash === version.contentHash ? current : null;
  if (served?.killed) {
    const message = `Version ${served.number} was emptied by the kill switch in ${environment.name}: an operator brings it back by a rollback, with a reason.`;
    return { code: "conflict", reason: "killed", message };
  }
  if (served?.versionId === version.id && served.rolloutPercent === facts.rollout && !served.outdated) {
    const message = `${environment.name} serves this version to ${facts.rollout} % already.`;
    return { code: "conflict", reason: "already-live", message };
  }
  if (environment.approvalsRequired === 0) {
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
    const message = `Version ${current.number} has gone live in ${environment.name} since this draft was opened: withdraw it, and open a draft from what is live.`;
    return { code: "conflict", reason: "rebase-needed", message, detail: { live: current.number } };
  }
  if (approvals.given < environment.approvalsRequired || !approvals.standing) return missingApprovals(facts);
  return null;
}

/** Serving leaves a version under review where it is, unless the environment asked for approvals and got them. */
export function stateWhenServed(state: VersionState, approvalsRequired: number): VersionState {
  const next = nextState(state, "release");
  return next !== undefined && (approvalsRequired > 0 || state === "superseded") ? next : state;
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

function missingApprovals({ environment, approvals }: ReleaseFacts): Refusal {
  const { approvalsRequired: required, name } = environment;
  const message = `${name} asks for ${required} approval${required === 1 ? "" : "s"}; ${approvals.given} count now.`;
  return { code: "blocked", reason: "not-approved", message, detail: { given: approvals.given, required } };
}
