import { recordAudit } from "../../audit/server/record";
import { DomainError, notFound } from "../../errors";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import type { Freeze } from "../freeze-contract";
import { freezeParts, toFreeze } from "./freeze-row";

/** Ends a freeze before its time, in the transaction in which a second person has decided that. */
export async function endFreeze(tx: Transaction, ctx: Pick<Context, "actor" | "now">, id: string): Promise<Freeze> {
  const { count } = await tx.freezeWindow.updateMany({
    where: { id, endedAt: null, until: { gt: ctx.now } },
    data: { endedAt: ctx.now },
  });
  const freeze = await tx.freezeWindow.findUnique({ where: { id }, include: freezeParts });
  if (!freeze) throw notFound("freeze", id);
  if (count === 0) throw new DomainError("conflict", "This freeze is over already.", { reason: "over" });
  await recordAudit(tx, ctx, {
    action: "environment.unfrozen",
    subject: { type: "environment", id: freeze.environmentKey, name: freeze.environment.name },
    before: { freeze: id, until: freeze.until.toISOString(), reason: freeze.reason },
  });
  return toFreeze(freeze);
}
