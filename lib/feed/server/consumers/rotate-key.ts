import type { z } from "zod";
import { requirePermission } from "../../../access/permissions";
import { newSecret } from "../../../access/server/secret";
import { recordAudit } from "../../../audit/server/record";
import { DomainError, notFound } from "../../../errors";
import type { Context } from "../../../server/context";
import type { createdKeySchema, rotateKeySchema } from "../../contract";
import { isGood } from "../../lag";
import { announceKeys } from "./announce-keys";
import { lockConsumer, readKey } from "./consumer-row";

const hourMs = 3_600_000;

/**
 * Makes a key in another's place, of the same scope and rights. Both are good until the overlap ends; then the old one
 * is unknown by itself. The secret is in the answer and nowhere else. Throws `key-ended` for one that is not good any
 * more, `already-rotated` where another took its place before.
 */
export async function rotateKey(
  ctx: Context,
  id: string,
  { overlapHours }: z.output<typeof rotateKeySchema>,
): Promise<z.input<typeof createdKeySchema>> {
  requirePermission(ctx.actor, "consumer.write");
  const { secret, hash, hint } = newSecret("stw_");
  const key = await ctx.db.$transaction(async (tx) => {
    const found = await tx.consumerKey.findUnique({ where: { id } });
    if (!found) throw notFound("key", id);
    const consumer = await lockConsumer(tx, found.consumerId);
    const old = await tx.consumerKey.findUniqueOrThrow({ where: { id } });
    if (await tx.consumerKey.findUnique({ where: { rotatedFromId: id } })) throw alreadyRotated(old.hint);
    if (!isGood(old, ctx.now)) throw ended(old.hint);
    const expiresAt = new Date(ctx.now.getTime() + overlapHours * hourMs);
    const { consumerId, environmentKey, regions, purposes, rights } = old;
    const created = await tx.consumerKey.create({
      data: {
        consumerId,
        environmentKey,
        regions,
        purposes,
        rights,
        hash,
        hint,
        rotatedFromId: id,
        createdAt: ctx.now,
      },
    });
    await tx.consumerKey.update({ where: { id }, data: { expiresAt } });
    await announceKeys(tx, created.id);
    const item = await readKey(tx, created, ctx.now);
    await recordAudit(tx, ctx, {
      action: "key.rotated",
      subject: { type: "key", id: created.id, name: hint },
      before: { hint: old.hint },
      after: { consumer: consumer.key, environment: environmentKey, hint, oldExpiresAt: expiresAt.toISOString() },
    });
    return item;
  });
  return { key, secret };
}

function alreadyRotated(hint: string): DomainError {
  const message = `Another key was made in the place of ${hint}… already: rotate that one, or create a key.`;
  return new DomainError("conflict", message, { reason: "already-rotated" });
}

function ended(hint: string): DomainError {
  const message = `The key ${hint}… has ended: create a key instead.`;
  return new DomainError("conflict", message, { reason: "key-ended" });
}
