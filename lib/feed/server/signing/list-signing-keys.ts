import type { z } from "zod";
import { requirePermission } from "../../../access/permissions";
import type { Context } from "../../../server/context";
import type { FeedKeyItem, feedKeyListSchema } from "../../signing-contract";
import { knownKeys } from "../../signing-order";
import { readSigningKeys, type SigningKeyRow } from "./signing-key-rows";

export async function listSigningKeys(ctx: Context): Promise<z.input<typeof feedKeyListSchema>> {
  requirePermission(ctx.actor, "consumer.read");
  const items = keyItems(await readSigningKeys(ctx.db), ctx.now);
  return { items, total: items.length };
}

export function keyItems(rows: readonly SigningKeyRow[], now: Date): FeedKeyItem[] {
  const [signing, ...others] = knownKeys(rows, now.getTime());
  const stateOf = (row: SigningKeyRow): FeedKeyItem["state"] => {
    if (row === signing) return "signs";
    if (!others.includes(row)) return "gone";
    return row.signsFrom > now ? "next" : "known";
  };
  return rows.map((row) => ({
    id: row.id,
    state: stateOf(row),
    createdAt: row.createdAt.toISOString(),
    signsFrom: row.signsFrom.toISOString(),
    knownUntil: row.knownUntil?.toISOString() ?? null,
  }));
}
