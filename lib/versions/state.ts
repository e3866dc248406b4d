import { DomainError } from "../errors";

export const versionStates = [
  "draft",
  "in_review",
  "changes_requested",
  "approved",
  "released",
  "superseded",
  "rejected",
  "withdrawn",
] as const;
export type VersionState = (typeof versionStates)[number];

export const versionEvents = [
  "edit",
  "submit",
  "withdraw",
  "approve",
  "request_changes",
  "reject",
  "void",
  "release",
  "break_glass",
  "supersede",
] as const;
export type VersionEvent = (typeof versionEvents)[number];

/**
 * The life of a version. `approve` is the verdict that completes the approvals asked for; one before that leaves the
 * state as it is, and `void` is when they are complete no more. `release` is to an environment that asks for
 * approvals: from released to a further one, or to more of it; from superseded it is a rollback. One that asks for
 * none takes submitted content and changes no state. `break_glass` is a release without its approvals.
 */
export const transitions = {
  draft: { edit: "draft", submit: "in_review", withdraw: "withdrawn" },
  in_review: {
    edit: "draft",
    withdraw: "withdrawn",
    approve: "approved",
    request_changes: "changes_requested",
    reject: "rejected",
    break_glass: "released",
  },
  changes_requested: { edit: "draft", submit: "in_review", withdraw: "withdrawn", break_glass: "released" },
  approved: {
    edit: "draft",
    withdraw: "withdrawn",
    request_changes: "changes_requested",
    reject: "rejected",
    void: "in_review",
    release: "released",
    break_glass: "released",
  },
  released: { release: "released", supersede: "superseded" },
  superseded: { release: "released" },
  rejected: {},
  withdrawn: { edit: "draft" },
} as const satisfies Record<VersionState, Partial<Record<VersionEvent, VersionState>>>;

export function nextState(state: VersionState, event: VersionEvent): VersionState | undefined {
  const row: Partial<Record<VersionEvent, VersionState>> = transitions[state];
  return row[event];
}

/** The state after `event`, or a conflict that says what can be done from here. */
export function requireNextState(state: VersionState, event: VersionEvent): VersionState {
  const next = nextState(state, event);
  if (next) return next;
  const possible = Object.keys(transitions[state]);
  throw new DomainError(
    "conflict",
    `A version that is ${state.replace("_", " ")} cannot take "${event.replace("_", " ")}"; possible: ${possible.join(", ") || "nothing"}.`,
    { reason: "wrong-state", detail: { state, event, possible } },
  );
}

/** A segment has at most one open version: the one being written, reviewed, or waiting for its release. */
export const openStates = ["draft", "in_review", "changes_requested", "approved"] as const satisfies VersionState[];

export function isOpen(state: VersionState): boolean {
  return (openStates as readonly VersionState[]).includes(state);
}
