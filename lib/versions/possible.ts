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
