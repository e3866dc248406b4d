import type { ChangeKind } from "../changes/change-kinds";
import type { Change } from "../changes/contract";
import { decideChange } from "../changes/server/decide-change";
import { proposeChange } from "../changes/server/propose-change";
import type { Context } from "../server/context";
import type { Governance, PersonName } from "./governance";

export type Proposal = { readonly kind: ChangeKind; readonly subjectId: string; readonly after: object };

export async function propose(world: Governance, by: PersonName, proposal: Proposal): Promise<Change> {
  return (await proposeChange(world.as(by), { ...proposal, reason: "As agreed." })).change;
}

export async function decide(
  world: Governance,
  by: PersonName | Context,
  { id, seen }: Pick<Change, "id" | "seen">,
  decision: "apply" | "reject" = "apply",
): Promise<Change> {
  const ctx = typeof by === "string" ? world.as(by) : by;
  return (await decideChange(ctx, { id, seen, decision, comment: "Looked at." }, world.engine)).change;
}
