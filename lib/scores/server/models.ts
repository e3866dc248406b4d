import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { alreadyThere } from "../../catalogue/server/create-attribute";
import { DomainError, notFound } from "../../errors";
import type { Context } from "../../server/context";
import { isUniqueViolation } from "../../server/database";
import type { ScoreModel, ScoreModelVersion } from "../../server/prisma/client";
import type { addModelVersionSchema, ModelItem, registeredModelSchema, registerModelSchema } from "../contract";

type Registered = z.input<typeof registeredModelSchema>;
type ModelRow = ScoreModel & { readonly versions: readonly ScoreModelVersion[] };

export const modelParts = { versions: { orderBy: { createdAt: "desc" } } } as const;

export async function registerModel(ctx: Context, input: z.output<typeof registerModelSchema>): Promise<Registered> {
  requirePermission(ctx.actor, "catalogue.write");
  const { key, name, description, ownerTeam = null } = input;
  if (ownerTeam !== null && (await ctx.db.team.count({ where: { key: ownerTeam } })) === 0)
    throw notFound("team", ownerTeam);
  try {
    const row = await ctx.db.$transaction(async (tx) => {
      const created = await tx.scoreModel.create({
        data: { key, name, description, ownerTeam, createdAt: ctx.now },
        include: modelParts,
      });
      const subject = { type: "model", id: key, name };
      await recordAudit(tx, ctx, { action: "model.registered", subject, after: input });
      return created;
    });
    return { model: modelItem(row, new Map()) };
  } catch (error) {
    throw isUniqueViolation(error) ? alreadyThere("model", key) : error;
  }
}

/** Versions stay as they were registered: what was trained does not change afterwards. */
export async function addModelVersion(
  ctx: Context,
  { key, version, trainedAt, features, notes }: z.output<typeof addModelVersionSchema> & { readonly key: string },
): Promise<Registered> {
  requirePermission(ctx.actor, "catalogue.write");
  const model = await ctx.db.scoreModel.findUnique({ where: { key } });
  if (!model) throw notFound("model", key);
  if (trainedAt !== undefined && Date.parse(trainedAt) > ctx.now.getTime())
    throw new DomainError("invalid", "A version was trained before it is registered.", { reason: "trained-later" });
  try {
    await ctx.db.$transaction(async (tx) => {
      await tx.scoreModelVersion.create({
        data: {
          ...{ modelKey: key, version, features, notes, createdAt: ctx.now },
          trainedAt: trainedAt === undefined ? null : new Date(trainedAt),
        },
      });
      await recordAudit(tx, ctx, {
        action: "model.version-added",
        subject: { type: "model", id: key, name: model.name },
        after: { version, trainedAt, features: features.length, notes },
      });
    });
  } catch (error) {
    throw isUniqueViolation(error) ? alreadyThere("version of this model", version) : error;
  }
  const row = await ctx.db.scoreModel.findUniqueOrThrow({ where: { key }, include: modelParts });
  return { model: modelItem(row, await attributesByModel(ctx)) };
}

/** The keys of scores by what they say of their model: "churn-v12". */
export async function attributesByModel({ db }: Pick<Context, "db">): Promise<ReadonlyMap<string, readonly string[]>> {
  const scores = await db.attribute.findMany({ where: { source: "score" }, select: { key: true, model: true } });
  const named = Map.groupBy(scores, ({ model }) => model ?? "");
  return new Map([...named].map(([model, rows]) => [model, rows.map(({ key }) => key).sort()]));
}

export function nameOfVersion(modelKey: string, version: string): string {
  return `${modelKey}-${version}`;
}

export function modelItem(row: ModelRow, attributes: ReadonlyMap<string, readonly string[]>): ModelItem {
  const { key, name, description, ownerTeam, versions } = row;
  return {
    ...{ key, name, description, ownerTeam },
    versions: versions.map(({ version, trainedAt, features, notes, createdAt }) => ({
      ...{ version, features, notes, trainedAt: trainedAt?.toISOString() ?? null, createdAt: createdAt.toISOString() },
      attributes: [...(attributes.get(nameOfVersion(key, version)) ?? [])],
    })),
  };
}
