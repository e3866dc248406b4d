import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import type { ComputedAttribute, Engine, QueryOptions } from "../../engine/engine";
import { chunksOf } from "../../engine/server/chunks-of";
import { DomainError, notFound } from "../../errors";
import { dependsOnTime } from "../../rules/depends-on-time";
import type { Context } from "../../server/context";
import type { Database } from "../../server/database";
import type { refreshedAttributeSchema } from "../contract";
import { loadComputed } from "./load-computed";

const customersAtOnce = 10_000;

type Refreshing = {
  readonly engine: Pick<Engine, "refresh">;
  /** Whoever moves by it has to be followed. */
  readonly onRefreshed: () => void;
};

/** Computes one attribute anew, now. */
export async function refreshAttribute(
  ctx: Context,
  key: string,
  { engine, onRefreshed }: Refreshing,
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
  onRefreshed();
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

/** Every computed attribute of some customers; what else there is stays as it was computed last. */
export async function refreshCustomers(
  db: Database,
  engine: Pick<Engine, "refresh">,
  now: Date,
  options: QueryOptions & { readonly customers: readonly string[] },
): Promise<void> {
  if (options.customers.length === 0) return;
  const computed = await loadComputed(db);
  if (computed.length > 0) await engine.refresh(computed, now.getTime(), options);
}

/**
 * Every computed attribute of the customers for whom a window slid since the last time, and who they are. What looks
 * back from now in a filter, not by a window, changes without: it waits for the next refresh of everybody.
 */
export async function refreshSlid({ db, engine, now }: Writing<"refresh" | "slid">): Promise<readonly string[]> {
  const computed = await loadComputed(db);
  const rows = await db.attribute.findMany({
    where: { key: { in: steady(computed) }, refreshedAt: { not: null } },
    select: { key: true, refreshedAt: true },
  });
  const from = Math.min(...rows.map(({ refreshedAt }) => refreshedAt?.getTime() ?? Number.POSITIVE_INFINITY));
  if (from >= now.getTime()) return [];
  const customers = await engine.slid(computed, { from, to: now.getTime() });
  for (const some of chunksOf(customers, customersAtOnce))
    await engine.refresh(computed, now.getTime(), { customers: some });
  await db.attribute.updateMany({
    where: { key: { in: rows.map(({ key }) => key) }, refreshedAt: { lt: now } },
    data: { refreshedAt: now },
  });
  return customers;
}

function steady(computed: readonly ComputedAttribute[]): string[] {
  return computed.flatMap(({ attribute, computation }) =>
    computation.filter.some(dependsOnTime) ? [] : [attribute.key],
  );
}

type Writing<Needs extends keyof Engine = "refresh"> = {
  readonly db: Database;
  readonly engine: Pick<Engine, Needs>;
  readonly now: Date;
};

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
