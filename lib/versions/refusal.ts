import type { Actor } from "../access/actor";
import { can, type Permission } from "../access/permissions";
import { DomainError, type ErrorCode } from "../errors";
import { nextState, type VersionEvent, type VersionState } from "./state";

/** Why something cannot be done: what a verb throws, and what a screen says beside a disabled button. */
export type Refusal = {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly message: string;
  readonly detail?: unknown;
};

export function refuse(refusal: Refusal | null): void {
  if (refusal) throw new DomainError(refusal.code, refusal.message, refusal);
}

export function asPossible(refusal: Refusal | null): { allowed: boolean; why: string | null } {
  return { allowed: refusal === null, why: refusal?.message ?? null };
}

export function permissionRefusal(actor: Pick<Actor, "roles">, permission: Permission): Refusal | null {
  if (can(actor, permission)) return null;
  return { code: "forbidden", reason: "missing-permission", message: "None of your roles may do this." };
}

export function stateRefusal(state: VersionState, event: VersionEvent): Refusal | null {
  if (nextState(state, event)) return null;
  const message = `A version that is ${state.replace("_", " ")} cannot be ${participles[event]}.`;
  return { code: "conflict", reason: "wrong-state", message, detail: { state, event } };
}

const participles = {
  edit: "edited",
  submit: "submitted",
  withdraw: "withdrawn",
  approve: "approved",
  request_changes: "sent back",
  reject: "rejected",
  void: "taken back to review",
  release: "released",
  break_glass: "released without its approvals",
  supersede: "superseded",
} as const satisfies Record<VersionEvent, string>;
