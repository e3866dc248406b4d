import { systemActor } from "../../../access/actor";
import { recordAudit } from "../../../audit/server/record";
import type { Database } from "../../../server/database";
import { announceKeys } from "./announce-keys";

/**
 * The job: a key whose time is over counts as revoked, with a record. The feed refuses it by its own clock meanwhile;
 * this is for whoever asks which keys there are.
 */
export async function retireKeys(db: Database, now: Date): Promise<void> {
  const expired = await db.consumerKey.findMany({
    where: { revokedAt: null, expiresAt: { lte: now } },
    include: { consumer: { select: { key: true } } },
    orderBy: { id: "asc" },
  });
  for (const { id, hint, expiresAt, environmentKey, consumer } of expired) {
    await db.$transaction(async (tx) => {
      const { count } = await tx.consumerKey.updateMany({
        where: { id, revokedAt: null },
        data: { revokedAt: expiresAt },
      });
      // Another process was faster.
      if (count === 0) return;
      await announceKeys(tx, id);
      await recordAudit(
        tx,
        { now, actor: systemActor },
        {
          action: "key.expired",
          subject: { type: "key", id, name: hint },
          before: { consumer: consumer.key, environment: environmentKey },
        },
      );
    });
  }
}
