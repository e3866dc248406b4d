import { attributeOf } from "../../../catalogue/server/load-catalogue";
import { DomainError, notFound } from "../../../errors";
import { checkSource } from "../../../events/check-source";
import { loadComputed } from "../../../events/server/load-computed";
import { loadEventTypes } from "../../../events/server/load-event-types";
import { writeComputed } from "../../../events/server/refresh-attributes";
import type { Database, Transaction } from "../../../server/database";
import { log } from "../../../server/log";
import { Prisma } from "../../../server/prisma/client";
import { storedJson } from "../../../server/stored-json";
import { attributeStateSchema } from "../../kinds/attribute";
import { storedKind } from "../stored-kind";

async function requireAttribute(db: Database | Transaction, key: string) {
  const row = await db.attribute.findUnique({ where: { key } });
  if (!row) throw notFound("attribute", key);
  return attributeOf(row);
}

export const storedAttributeKind = storedKind({
  schema: attributeStateSchema,
  resettles: true,
  lock: (tx, key) => tx.$queryRaw`SELECT 1 FROM "Attribute" WHERE "key" = ${key} FOR NO KEY UPDATE`,
  async find(db, key) {
    const { key: _, type: __, source: ___, ...state } = await requireAttribute(db, key);
    return { name: state.name, state };
  },
  async check(tx, key, after) {
    const { type, source } = await requireAttribute(tx, key);
    const checked = checkSource({ ...after, key, type, source }, await loadEventTypes(tx));
    if (checked.ok) return;
    throw new DomainError("invalid", `The attribute "${key}" would not fit its source.`, {
      ...{ reason: "unfit-source", findings: checked.findings },
    });
  },
  async apply(
    tx,
    _ctx,
    { subjectId: key, after: { computation, unit = null, model = null, arrivesEveryHours = null, ...plain } },
  ) {
    const { computation: before } = await requireAttribute(tx, key);
    // Until it is computed as it now says, its values are those of what it said before.
    const stale = JSON.stringify(before) === JSON.stringify(computation) ? {} : { refreshedAt: null };
    await tx.attribute.update({
      where: { key },
      data: {
        ...plain,
        unit,
        model,
        arrivesEveryHours,
        ...stale,
        computation: computation ? storedJson(computation) : Prisma.DbNull,
      },
    });
  },
  async afterwards({ db, now }, key, engine) {
    const waiting = await db.attribute.findUnique({ where: { key, source: "computed", refreshedAt: null } });
    const computed = waiting ? (await loadComputed(db)).filter(({ attribute }) => attribute.key === key) : [];
    if (computed.length === 0) return;
    // The change is made; what fails here is made good by the refresh of every hour.
    await writeComputed({ db, engine, now }, computed).catch((error: unknown) =>
      log.error({ err: error, attribute: key }, "a changed attribute could not be computed anew"),
    );
  },
});
