import { DomainError, notFound } from "../../../errors";
import { endFreeze } from "../../../releases/server/end-freeze";
import { freezeEndSchema } from "../../kinds/freeze-end";
import { storedKind } from "../stored-kind";

export const storedFreezeEndKind = storedKind({
  schema: freezeEndSchema,
  lock: (tx, id) => tx.$queryRaw`SELECT 1 FROM "FreezeWindow" WHERE "id" = ${id} FOR NO KEY UPDATE`,
  async find(db, id) {
    const row = await db.freezeWindow.findUnique({ where: { id }, include: { environment: true } });
    if (!row) throw notFound("freeze window", id);
    const state = { until: row.until.toISOString(), ended: row.endedAt !== null };
    return { name: `${row.environment.name}: ${row.reason}`, state };
  },
  async check(tx, id, after) {
    const row = await tx.freezeWindow.findUniqueOrThrow({ where: { id } });
    if (after.ended && after.until === row.until.toISOString()) return;
    throw new DomainError("invalid", "Of a freeze window only that it ends now can be proposed.", {
      reason: "unfit-freeze-end",
    });
  },
  apply: (tx, ctx, { subjectId: id }) => endFreeze(tx, ctx, id),
});
