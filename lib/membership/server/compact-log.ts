import { getEngine } from "../../engine/server/engine-instance";
import type { Job } from "../../jobs/job";

/** Forgets who was a member when, in revisions that are older than so many days. */
export function compactLog(days: number): Job {
  return async (db, now) => {
    const createdAt = { lt: new Date(now.getTime() - days * 86_400_000) };
    for (const { key } of await db.environment.findMany({ select: { key: true } })) {
      const last = await db.revision.findFirst({
        where: { environmentKey: key, createdAt },
        orderBy: { number: "desc" },
      });
      if (last) await getEngine().compact({ environment: key, upTo: last.number });
    }
  };
}
