import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { DomainError, notFound } from "../../errors";
import { toLabelPolicy } from "../../guards/server/house-policies";
import type { Context } from "../../server/context";
import type { Change } from "../contract";
import type { labelPolicyListSchema, proposeLabelPolicySchema, proposeNewLabelPolicySchema } from "../guard-contract";
import { proposeChange } from "./propose-change";
import { deciders, waitingChanges } from "./waiting-changes";

/** The label policies in force or not, each with what is proposed of it. */
export async function listLabelPolicies({ actor, db }: Context): Promise<z.input<typeof labelPolicyListSchema>> {
  requirePermission(actor, "segment.read");
  const rows = await db.labelPolicy.findMany({ orderBy: { key: "asc" } });
  const waiting = await waitingChanges(db, "label-policy");
  const changedBy = await deciders(
    db,
    rows.map(({ changeId }) => changeId),
  );
  return {
    items: rows.map((row) => ({
      ...toLabelPolicy(row),
      updatedAt: row.updatedAt.toISOString(),
      changedBy: changedBy(row.changeId),
      pending: waiting.pendingOf(row.key),
    })),
    proposed: waiting.proposedBeside(rows.map(({ key }) => key)),
  };
}

export async function proposeNewLabelPolicy(
  ctx: Context,
  { key, reason, ...after }: z.output<typeof proposeNewLabelPolicySchema>,
): Promise<{ change: Change }> {
  if (await isThere(ctx, key)) {
    throw new DomainError("conflict", `There is a label policy "${key}" already.`, { reason: "key-taken" });
  }
  return proposeChange(ctx, { kind: "label-policy", subjectId: key, after, reason });
}

export async function proposeLabelPolicy(
  ctx: Context,
  key: string,
  { reason, ...after }: z.output<typeof proposeLabelPolicySchema>,
): Promise<{ change: Change }> {
  if (!(await isThere(ctx, key))) throw notFound("label policy", key);
  return proposeChange(ctx, { kind: "label-policy", subjectId: key, after, reason });
}

async function isThere({ db }: Context, key: string): Promise<boolean> {
  return (await db.labelPolicy.count({ where: { key } })) > 0;
}
