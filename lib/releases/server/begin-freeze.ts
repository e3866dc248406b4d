import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { DomainError } from "../../errors";
import { lockEnvironment } from "../../membership/server/revision-line";
import type { Context } from "../../server/context";
import { requireRightNow } from "../../versions/server/acting-person";
import type { beginFreezeSchema, begunFreezeSchema } from "../freeze-contract";
import { freezeParts, toFreeze } from "./freeze-row";

export type BeginFreezeInput = z.output<typeof beginFreezeSchema> & { readonly environment: string };

/** At once, as it only makes things safer; to end one early takes two people. */
export async function beginFreeze(
  ctx: Context,
  { environment: key, reason, ...window }: BeginFreezeInput,
): Promise<z.output<typeof begunFreezeSchema>> {
  requirePermission(ctx.actor, "freeze.write");
  const [from, until] = [new Date(window.from), new Date(window.until)];
  if (until <= ctx.now) throw new DomainError("invalid", "This window is over already.", { reason: "over" });
  return ctx.db.$transaction(async (tx) => {
    const environment = await lockEnvironment(tx, key);
    await requireRightNow(tx, ctx, "freeze.write");
    const freeze = await tx.freezeWindow.create({
      data: { ...{ from, until, reason }, environmentKey: key, createdById: ctx.actor.id, createdAt: ctx.now },
      include: freezeParts,
    });
    const told = toFreeze(freeze);
    await recordAudit(tx, ctx, {
      action: "environment.frozen",
      subject: { type: "environment", id: key, name: environment.name },
      after: { freeze: told.id, from: told.from, until: told.until, reason },
    });
    return { freeze: told };
  });
}
