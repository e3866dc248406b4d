import { DomainError, notFound } from "../../../errors";
import { environmentStateSchema } from "../../kinds/environment";
import { promotionRefusal } from "../../promotion";
import { storedKind } from "../stored-kind";

export const storedEnvironmentKind = storedKind({
  schema: environmentStateSchema,
  // All of them: which takes from which must not become a circle by two changes at once.
  lock: (tx) => tx.$queryRaw`SELECT 1 FROM "Environment" ORDER BY "position" FOR NO KEY UPDATE`,
  async find(db, key) {
    const row = await db.environment.findUnique({ where: { key } });
    if (!row) throw notFound("environment", key);
    const { name, promotedFrom } = row;
    return { name, state: { name, promotedFrom } };
  },
  async check(tx, key, { promotedFrom }) {
    const environments = await tx.environment.findMany({ select: { key: true, promotedFrom: true } });
    const why = promotionRefusal(environments, key, promotedFrom);
    if (why) throw new DomainError("invalid", why, { reason: "unfit-promotion" });
  },
  apply: (tx, _ctx, { subjectId, after }) => tx.environment.update({ where: { key: subjectId }, data: after }),
});
