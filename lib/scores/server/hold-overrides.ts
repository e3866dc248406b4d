import { systemActor } from "../../access/actor";
import type { Database } from "../../server/database";
import { Prisma } from "../../server/prisma/client";
import { requireScoreValue } from "../score-value";
import { giveBack, type Scoring } from "./override-score";

type Holding = Pick<Scoring, "engine"> & { readonly db: Database; readonly now: Date };

/**
 * Puts what people said back in the place of what has come from a model for these customers since, and keeps that
 * beside it. To be called before membership follows.
 */
export async function holdOverrides({ db, engine, now }: Holding, customers: readonly string[] | "all"): Promise<void> {
  const standing = await db.scoreOverride.findMany({ where: { endedAt: null } });
  if (standing.length === 0) return;
  const among = customers === "all" ? null : new Set(customers);
  for (const { id, customerId, attributeKey, value } of standing) {
    if (among && !among.has(customerId)) continue;
    const said = requireScoreValue(value);
    const profile = await engine.get(customerId);
    const came = profile?.attributes[attributeKey] ?? null;
    if (!profile || came === said) continue;
    const replaced = came === null ? Prisma.DbNull : requireScoreValue(came);
    await db.scoreOverride.updateMany({ where: { id, endedAt: null }, data: { replaced } });
    await engine.ingest({ changes: [{ id: customerId, attributes: { [attributeKey]: said } }] }, now.getTime());
  }
}

/** Ends the overrides whose time has come. */
export function expireOverrides(scoring: () => Scoring): (db: Database, now: Date) => Promise<void> {
  return async (db, now) => {
    const due = await db.scoreOverride.findMany({ where: { endedAt: null, expiresAt: { lte: now } } });
    for (const row of due) await giveBack({ db, now, actor: systemActor }, row, scoring());
  };
}
