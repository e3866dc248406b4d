import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { customerRounding } from "../../catalogue/small-cells";
import { listLiveArtefacts } from "../../guards/server/live-artefacts";
import { attributesUsed } from "../../segments/attributes-used";
import { productionKey } from "../../segments/server/production";
import type { Context } from "../../server/context";
import type { AttributeDistribution, SegmentDrift } from "../../server/prisma/client";
import type { modelListSchema, ScoreItem } from "../contract";
import { attributesByModel, modelItem, modelParts, nameOfVersion } from "./models";

/** The register, and how the scores and the members of live segments that use them have moved. */
export async function listModels(ctx: Context): Promise<z.input<typeof modelListSchema>> {
  requirePermission(ctx.actor, "catalogue.read");
  const models = await ctx.db.scoreModel.findMany({ include: modelParts, orderBy: { key: "asc" } });
  const attributes = await attributesByModel(ctx);
  const registered = new Set(
    models.flatMap(({ key, versions }) => versions.map(({ version }) => nameOfVersion(key, version))),
  );
  return {
    items: models.map((row) => modelItem(row, attributes)),
    scores: await scoresOf(ctx, registered),
  };
}

async function scoresOf(ctx: Context, registered: ReadonlySet<string>): Promise<ScoreItem[]> {
  const rows = await ctx.db.attribute.findMany({ where: { source: "score" }, orderBy: { key: "asc" } });
  const environmentKey = await productionKey(ctx.db);
  const live = await listLiveArtefacts(ctx.db, environmentKey);
  const moved = new Map(
    (await ctx.db.segmentDrift.findMany({ where: { environmentKey } })).map((drift) => [drift.segmentKey, drift]),
  );
  const told = customerRounding(ctx.actor);
  const scores: ScoreItem[] = [];
  for (const { key, name, model } of rows) {
    const measured = await newestMeasured(ctx, key);
    const using = live.filter(({ artefact }) => attributesUsed(artefact.parts.rule).includes(key));
    scores.push({
      ...{ attribute: key, name, model, registered: model !== null && registered.has(model) },
      measured: measured && (await measuredItem(ctx, measured, told)),
      segments: using.flatMap(({ artefact }) => {
        const drift = moved.get(artefact.key);
        return drift ? [movedItem(artefact.name, drift, told)] : [];
      }),
    });
  }
  return scores;
}

function newestMeasured({ db }: Pick<Context, "db">, attributeKey: string): Promise<AttributeDistribution | null> {
  return db.attributeDistribution.findFirst({ where: { attributeKey }, orderBy: { measuredAt: "desc" } });
}

type Rounding = ReturnType<typeof customerRounding>;

async function measuredItem(
  { db }: Pick<Context, "db">,
  { attributeKey, measuredAt, customers, missing, stability, comparedWith }: AttributeDistribution,
  told: Rounding,
): Promise<NonNullable<ScoreItem["measured"]>> {
  const reference =
    comparedWith &&
    (await db.attributeDistribution.findUnique({
      where: { attributeKey_measuredAt: { attributeKey, measuredAt: comparedWith } },
    }));
  return {
    ...{ at: measuredAt.toISOString(), customers: told(customers), missing: told(missing), stability },
    comparedWith: comparedWith?.toISOString() ?? null,
    comparedModel: reference?.modelVersion ?? null,
  };
}

function movedItem(
  name: string,
  { segmentKey, since, before, entered, left }: SegmentDrift,
  told: Rounding,
): ScoreItem["segments"][number] {
  const counts = { before: told(before), entered: told(entered), left: told(left) };
  return { segment: segmentKey, name, since: since.toISOString(), ...counts };
}
