import type { Engine } from "../../engine/engine";
import type { Database } from "../../server/database";
import { followMembership } from "./follow-membership";
import { lockEnvironment } from "./revision-line";

type Starting = {
  readonly db: Database;
  readonly engine: Pick<Engine, "materialise" | "forgetBeyond" | "compact" | "newestLogged">;
  readonly now: Date;
  /** See `Followed`. */
  readonly between?: () => Promise<void>;
};

/**
 * What a start makes sure of: nothing is in the log that was never committed, everybody is looked at who moved while
 * nobody did, and the log does not claim to know members of revisions that it has lost.
 */
export async function followFromStart({ db, engine, now, ...options }: Starting): Promise<void> {
  const lost: string[] = [];
  for (const { key } of await db.environment.findMany({ select: { key: true } })) {
    const isLost = await db.$transaction(async (tx) => {
      const { revision } = await lockEnvironment(tx, key);
      await engine.forgetBeyond({ environment: key, revision });
      const last = await tx.revision.findFirst({
        where: { environmentKey: key, OR: [{ entered: null }, { entered: { gt: 0 } }, { left: { gt: 0 } }] },
        orderBy: { number: "desc" },
      });
      const isBehind = last !== null && last.number > (await engine.newestLogged(key));
      if (isBehind) await engine.compact({ environment: key, upTo: revision });
      return isBehind;
    });
    if (isLost) lost.push(key);
  }
  await followMembership({ db, engine, now }, { cause: "start", ...options });
  for (const environment of lost) {
    await db.$transaction(async (tx) => {
      const { revision } = await lockEnvironment(tx, environment);
      await engine.compact({ environment, upTo: revision });
    });
  }
}
