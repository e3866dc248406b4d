import { takesNobody } from "../../guards/artefact";
import { guardedRuleOfArtefact } from "../../guards/guarded-rule";
import { listLiveArtefacts } from "../../guards/server/live-artefacts";
import type { Database, Transaction } from "../../server/database";
import type { Engine, QueryOptions } from "../engine";

type Counted = { readonly segmentId: string; readonly environmentKey: string; readonly members: number };

/**
 * Counts the members of everything that is live and keeps the numbers as those of the day: after an import, at the
 * turn of a day. Gives how many segments were counted.
 */
export async function recordMemberCounts(
  { db, engine, now }: { readonly db: Database; readonly engine: Pick<Engine, "count">; readonly now: Date },
  options: QueryOptions = {},
): Promise<number> {
  const environments = await db.environment.findMany({ select: { key: true } });
  let counted = 0;
  for (const { key } of environments) {
    for (const { segmentId, artefact } of await listLiveArtefacts(db, key)) {
      const members = takesNobody(artefact)
        ? 0
        : await engine.count(guardedRuleOfArtefact(artefact), now.getTime(), options);
      await keepMemberCount(db, { segmentId, environmentKey: key, members }, now);
      counted += 1;
    }
  }
  return counted;
}

/** The last count of a day is the day's. */
export async function keepMemberCount(db: Database | Transaction, counted: Counted, now: Date): Promise<void> {
  const { segmentId, environmentKey, members } = counted;
  const day = new Date(now.toISOString().slice(0, 10));
  await db.memberCount.upsert({
    where: { segmentId_environmentKey_day: { segmentId, environmentKey, day } },
    create: { segmentId, environmentKey, day, members, countedAt: now },
    update: { members, countedAt: now },
  });
}
