import { purposeOf } from "../../../catalogue/server/load-catalogue";
import { notFound } from "../../../errors";
import { purposeStateSchema } from "../../kinds/purpose";
import { storedKind } from "../stored-kind";

export const storedPurposeKind = storedKind({
  schema: purposeStateSchema,
  resettles: true,
  lock: (tx, key) => tx.$queryRaw`SELECT 1 FROM "Purpose" WHERE "key" = ${key} FOR NO KEY UPDATE`,
  async find(db, key) {
    const row = await db.purpose.findUnique({ where: { key } });
    if (!row) throw notFound("purpose", key);
    const { key: _, ...state } = purposeOf(row);
    return { name: state.name, state };
  },
  apply: (tx, _ctx, { subjectId, after }) => tx.purpose.update({ where: { key: subjectId }, data: after }),
});
