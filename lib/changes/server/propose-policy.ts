import type { z } from "zod";
import { DomainError, notFound } from "../../errors";
import type { Context } from "../../server/context";
import type { Change, proposeNewPolicySchema, proposePolicySchema } from "../contract";
import { proposeChange } from "./propose-change";

export async function proposeNewPolicy(
  ctx: Context,
  { key, reason, ...after }: z.output<typeof proposeNewPolicySchema>,
): Promise<{ change: Change }> {
  const there = await ctx.db.approvalPolicy.findUnique({ where: { key }, select: { key: true } });
  if (there) {
    throw new DomainError("conflict", `There is an approval policy "${key}" already.`, { reason: "key-taken" });
  }
  return proposeChange(ctx, { kind: "approval-policy", subjectId: key, after, reason });
}

export async function proposePolicy(
  ctx: Context,
  key: string,
  { reason, ...after }: z.output<typeof proposePolicySchema>,
): Promise<{ change: Change }> {
  const there = await ctx.db.approvalPolicy.findUnique({ where: { key }, select: { key: true } });
  if (!there) throw notFound("approval policy", key);
  return proposeChange(ctx, { kind: "approval-policy", subjectId: key, after, reason });
}
