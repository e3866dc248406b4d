import type { Actor } from "../access/actor";
import { permissionRefusal, type Refusal, stateRefusal } from "./refusal";
import { nextState, type VersionState } from "./state";

type Written = { readonly state: VersionState; readonly writers: readonly string[] };

export function refusalOfEdit(actor: Pick<Actor, "roles">, state: VersionState): Refusal | null {
  return permissionRefusal(actor, "segment.write") ?? stateRefusal(state, "edit");
}

export function refusalOfSubmit(actor: Pick<Actor, "roles">, state: VersionState): Refusal | null {
  return permissionRefusal(actor, "version.submit") ?? stateRefusal(state, "submit");
}

export function refusalOfWithdrawal(actor: Pick<Actor, "roles" | "id">, { state, writers }: Written): Refusal | null {
  const forbidden = permissionRefusal(actor, "version.submit");
  if (forbidden || nextState(state, "withdraw") === undefined) return forbidden ?? stateRefusal(state, "withdraw");
  if (writers.includes(actor.id)) return null;
  return { code: "forbidden", reason: "not-yours", message: "Only who wrote a version withdraws it." };
}

/** A draft that stands on something else than what is live would undo what went live since. */
export function refusalOfBase(
  version: { readonly id: string; readonly baseVersionId: string | null },
  live: { readonly id: string; readonly number: number } | null,
): Refusal | null {
  if (live === null || live.id === version.id || live.id === version.baseVersionId) return null;
  const message = `Version ${live.number} is live, and this draft was not opened from it: rebase it onto what is live.`;
  return { code: "conflict", reason: "rebase-needed", message, detail: { live: live.number } };
}
