import { notFound } from "../../../errors";
import { regionStateSchema } from "../../kinds/region";
import { storedKind } from "../stored-kind";

export const storedRegionKind = storedKind({
  schema: regionStateSchema,
  lock: (tx, key) => tx.$queryRaw`SELECT 1 FROM "Region" WHERE "key" = ${key} FOR NO KEY UPDATE`,
  async find(db, key) {
    const row = await db.region.findUnique({ where: { key } });
    if (!row) throw notFound("region", key);
    const { name, description } = row;
    return { name, state: { name, description } };
  },
  apply: (tx, _ctx, { subjectId, after }) => tx.region.update({ where: { key: subjectId }, data: after }),
});
