import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";

/**
 * Keeps policies and the people who have spoken on a version as they are until the transaction ends: whoever takes a
 * role away at the same moment comes before or after it. After the segment and the environment in the order of locks.
 */
export async function holdDeciders(
  tx: Transaction,
  { actor }: Pick<Context, "actor">,
  versionId: string,
): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "ApprovalPolicy" ORDER BY "key" FOR SHARE`;
  await tx.$queryRaw`
    SELECT 1 FROM "Person" WHERE "id" = ${actor.id}
      OR "id" IN (SELECT v."personId" FROM "Verdict" v WHERE v."versionId" = ${versionId})
    ORDER BY "id" FOR SHARE`;
}
