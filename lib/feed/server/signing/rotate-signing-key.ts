import type { z } from "zod";
import { requirePermission } from "../../../access/permissions";
import { recordAudit } from "../../../audit/server/record";
import { DomainError } from "../../../errors";
import type { Context } from "../../../server/context";
import type { Transaction } from "../../../server/database";
import type { Settings } from "../../../server/settings";
import { endorsementType } from "../../head-wire";
import type { FeedKeyItem, rotatedFeedKeySchema } from "../../signing-contract";
import { rotationAt } from "../../signing-order";
import { announceKeys } from "../consumers/announce-keys";
import { keyItems } from "./list-signing-keys";
import { makeSigningKey, openSigningKey, type SigningKey, signCompact } from "./signing-key";
import {
  addSigningKey,
  lockSigningKeys,
  readSigningKeys,
  requireSigningKeys,
  type SigningKeyRow,
} from "./signing-key-rows";

/**
 * Makes the next key that signs heads. Every feed publishes it at once, and signs with it 10 minutes later; the one before
 * vouches for it, and is known until no head of its own holds any more. Throws `rotation-under-way` before the last one
 * signs, `feed-secret-differs` where the key before cannot be opened.
 */
export async function rotateSigningKey(
  ctx: Context,
  { secret, hours }: Pick<Settings["feed"], "secret" | "hours">,
): Promise<z.input<typeof rotatedFeedKeySchema>> {
  requirePermission(ctx.actor, "consumer.write");
  if (secret === undefined) throw new Error("The feed's secret was asked for before the process knew it.");
  await requireSigningKeys(ctx.db, secret, ctx.now.getTime());
  const key = await ctx.db.$transaction(async (tx) => {
    await lockSigningKeys(tx);
    const before = await newestKey(tx, ctx.now);
    const next = await makeSigningKey();
    const { signsFrom, knownUntil } = rotationAt(ctx.now, hours);
    const endorsement = vouchFor(next, await opened(before, secret));
    await addSigningKey(tx, { key: next, secret, endorsement, createdAt: ctx.now, signsFrom });
    await tx.feedSigningKey.update({ where: { id: before.id }, data: { knownUntil } });
    await announceKeys(tx, next.id);
    await recordAudit(tx, ctx, {
      action: "feed-key.rotated",
      subject: { type: "feed-key", id: next.id },
      before: { id: before.id },
      after: { id: next.id, signsFrom: signsFrom.toISOString(), oldKnownUntil: knownUntil.toISOString() },
    });
    return itemOf(next.id, await readSigningKeys(tx), ctx.now);
  });
  return { key };
}

async function newestKey(tx: Transaction, now: Date): Promise<SigningKeyRow> {
  const [newest] = await readSigningKeys(tx);
  if (!newest) throw new Error("The feed has no key to sign with.");
  if (newest.signsFrom <= now) return newest;
  const at = newest.signsFrom.toISOString();
  throw new DomainError("conflict", `The key ${newest.id} signs from ${at} on. Rotate again after that.`, {
    reason: "rotation-under-way",
  });
}

async function opened(row: SigningKeyRow, secret: string): Promise<SigningKey> {
  const key = await openSigningKey(row, secret);
  if (key) return key;
  throw new DomainError(
    "conflict",
    `The key ${row.id} was sealed with another STEWARD_FEED_SECRET than this process has. Give every process the same.`,
    { reason: "feed-secret-differs" },
  );
}

function vouchFor(next: SigningKey, before: SigningKey): string {
  return signCompact(before, endorsementType, { kid: next.id, x: next.publicKey.x });
}

function itemOf(id: string, rows: readonly SigningKeyRow[], now: Date): FeedKeyItem {
  const item = keyItems(rows, now).find((each) => each.id === id);
  if (!item) throw new Error(`The key ${id} was not added.`);
  return item;
}
