import type { Engine } from "../../lib/engine/engine";
import { takesNobody } from "../../lib/guards/artefact";
import { guardedRuleOfArtefact } from "../../lib/guards/guarded-rule";
import { listLiveArtefacts } from "../../lib/guards/server/live-artefacts";
import type { Database } from "../../lib/server/database";

/**
 * The production trend's point of a day that is over: what was live then, counted at that instant over the customers
 * as they were. Production alone and in one statement, as the seed counts thirty days at once.
 */
export async function countMembers(db: Database, engine: Pick<Engine, "count">, instant: number): Promise<void> {
  const environmentKey = "production";
  const countedAt = new Date(instant);
  const day = new Date(countedAt.toISOString().slice(0, 10));
  const live = await listLiveArtefacts(db, environmentKey);
  const rows = await Promise.all(
    live.map(async ({ segmentId, artefact }) => {
      const members = takesNobody(artefact) ? 0 : await engine.count(guardedRuleOfArtefact(artefact), instant);
      return { segmentId, environmentKey, day, members, countedAt };
    }),
  );
  // A release on that day has left its own count; the day's last one stands.
  await db.$transaction([
    db.memberCount.deleteMany({ where: { environmentKey, day } }),
    db.memberCount.createMany({ data: rows }),
  ]);
}
