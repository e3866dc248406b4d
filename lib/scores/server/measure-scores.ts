import type { Attribute } from "../../catalogue/definition";
import { attributeOf } from "../../catalogue/server/load-catalogue";
import type { Engine } from "../../engine/engine";
import { listLiveArtefacts } from "../../guards/server/live-artefacts";
import type { Job } from "../../jobs/job";
import type { Database } from "../../server/database";
import { storedJson } from "../../server/stored-json";
import {
  type DistributionShape,
  distributionParts,
  distributionShapeSchema,
  namedShape,
  populationStability,
} from "../distribution";

const dayMs = 86_400_000;
/** A measurement is compared with one that is at least so old, or with the oldest there is. */
const comparedDays = 28;
const keptDays = 400;

type Measuring = {
  readonly db: Database;
  readonly engine: Pick<Engine, "statistics" | "quantiles" | "turnover" | "floor">;
  readonly now: Date;
};

/** Once a day: how scores lie against four weeks before, and how many members of live segments are others since. */
export function measureScores(engine: () => Measuring["engine"]): Job {
  return async (db, now) => {
    const measuring = { db, engine: engine(), now };
    await measureDistributions(measuring);
    await measureDrift(measuring);
  };
}

export async function measureDistributions({ db, engine, now }: Measuring): Promise<void> {
  const rows = await db.attribute.findMany({ where: { source: "score" }, orderBy: { key: "asc" } });
  for (const attribute of rows.map(attributeOf)) {
    const newest = await db.attributeDistribution.findFirst({
      where: { attributeKey: attribute.key },
      orderBy: { measuredAt: "desc" },
    });
    // A start soon after another measures nothing; a score of another model does.
    const isFresh = newest !== null && now.getTime() - newest.measuredAt.getTime() < dayMs / 2;
    if (isFresh && newest.modelVersion === (attribute.model ?? null)) continue;
    await measureOne({ db, engine, now }, attribute);
  }
  await db.attributeDistribution.deleteMany({
    where: { measuredAt: { lt: new Date(now.getTime() - keptDays * dayMs) } },
  });
}

async function measureOne({ db, engine, now }: Measuring, { key, type, model }: Attribute): Promise<void> {
  const statistics = await engine.statistics(key);
  if (statistics.customers === statistics.missing) return;
  const shape: DistributionShape =
    type === "number"
      ? { kind: "ordered", quantiles: [...(await engine.quantiles(key, distributionParts))] }
      : namedShape(statistics);
  const reference = await referenceOf(db, key, now);
  await db.attributeDistribution.create({
    data: {
      ...{ attributeKey: key, measuredAt: now, modelVersion: model ?? null, shape: storedJson(shape) },
      ...{ customers: statistics.customers, missing: statistics.missing },
      stability: reference && populationStability(distributionShapeSchema.parse(reference.shape), shape),
      comparedWith: reference?.measuredAt ?? null,
    },
  });
}

async function referenceOf(db: Database, attributeKey: string, now: Date) {
  const old = new Date(now.getTime() - comparedDays * dayMs);
  const before = { where: { attributeKey, measuredAt: { lte: old } }, orderBy: { measuredAt: "desc" } } as const;
  const oldest = { where: { attributeKey }, orderBy: { measuredAt: "asc" } } as const;
  return (await db.attributeDistribution.findFirst(before)) ?? (await db.attributeDistribution.findFirst(oldest));
}

/** How many members of what is live are others than four weeks ago, or since the log begins or it was released. */
export async function measureDrift({ db, engine, now }: Measuring): Promise<void> {
  const old = new Date(now.getTime() - comparedDays * dayMs);
  for (const { key: environmentKey, revision: upTo } of await db.environment.findMany()) {
    const live = await listLiveArtefacts(db, environmentKey);
    const floor = await engine.floor(environmentKey);
    const then = await db.revision.findFirst({
      where: { environmentKey, createdAt: { lte: old } },
      orderBy: { number: "desc" },
    });
    for (const { artefact, revision } of live) {
      const after = Math.max(then?.number ?? 0, floor, revision);
      const since = await db.revision.findUnique({
        where: { environmentKey_number: { environmentKey, number: after } },
      });
      if (!since) continue;
      const turnover = await engine.turnover({ environment: environmentKey, segment: artefact.key, after, upTo });
      const measured = { measuredAt: now, afterRevision: after, since: since.createdAt, ...turnover };
      const segmentKey = artefact.key;
      await db.segmentDrift.upsert({
        where: { segmentKey_environmentKey: { segmentKey, environmentKey } },
        create: { segmentKey, environmentKey, ...measured },
        update: measured,
      });
    }
    const keys = live.map(({ artefact }) => artefact.key);
    await db.segmentDrift.deleteMany({ where: { environmentKey, segmentKey: { notIn: keys } } });
  }
}
