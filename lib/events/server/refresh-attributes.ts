import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import type { ComputedAttribute, Engine, QueryOptions } from "../../engine/engine";
import { DomainError, notFound } from "../../errors";
import type { Context } from "../../server/context";
import type { Database } from "../../server/database";
import type { refreshedAttributeSchema } from "../contract";
import { loadComputed } from "./load-computed";

/** Computes one attribute anew, now. */
export async function refreshAttribute(
  ctx: Context,
  key: string,
  engine: Pick<Engine, "refresh">,
): Promise<z.output<typeof refreshedAttributeSchema>> {
  requirePermission(ctx.actor, "catalogue.write");
  const row = await ctx.db.attribute.findUnique({ where: { key }, select: { source: true } });
  if (!row) throw notFound("attribute", key);
  const computed = (await loadComputed(ctx.db)).find(({ attribute }) => attribute.key === key);
  if (!computed)
    throw new DomainError(
      "invalid",
      `Attribute "${key}" is not computed from events, so there is nothing to refresh.`,
      {
        reason: "not-computed",
      },
    );
  await writeComputed({ db: ctx.db, engine, now: ctx.now }, [computed]);
  await ctx.db.$transaction((tx) =>
    recordAudit(tx, ctx, {
      action: "attribute.refreshed",
      subject: { type: "attribute", id: key, name: computed.attribute.name },
    }),
  );
  return { attribute: computed.attribute, refreshedAt: ctx.now.toISOString() };
}

/** Every computed attribute, as of `now`. Gives how many there are. */
export async function refreshComputedAttributes(
  db: Database,
  engine: Pick<Engine, "refresh">,
  now: Date,
  options?: QueryOptions,
): Promise<number> {
  const computed = await loadComputed(db);
  await writeComputed({ db, engine, now }, computed, options);
  return computed.length;
}

type Writing = { readonly db: Database; readonly engine: Pick<Engine, "refresh">; readonly now: Date };

/** Into the profiles, as of `now`, and with that instant into the catalogue. */
export async function writeComputed(
  { db, engine, now }: Writing,
  computed: readonly ComputedAttribute[],
  options?: QueryOptions,
): Promise<void> {
  if (computed.length === 0) return;
  await engine.refresh(computed, now.getTime(), options);
  const keys = computed.map(({ attribute }) => attribute.key);
  await db.attribute.updateMany({ where: { key: { in: keys } }, data: { refreshedAt: now } });
}
