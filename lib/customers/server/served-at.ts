import { z } from "zod";
import { notFound } from "../../errors";
import { frozenArtefacts } from "../../guards/server/frozen-artefacts";
import type { LiveArtefact } from "../../guards/server/live-artefacts";
import type { RuleVocabulary } from "../../rules/vocabulary";
import type { Context } from "../../server/context";

export type ServedArtefact = Pick<LiveArtefact, "versionId" | "artefact">;

export type Served = {
  readonly revision: number;
  /** The newest revision, whatever the instant. */
  readonly head: number;
  /** By segment key; killed and archived ones are among them, marked. */
  readonly artefacts: readonly ServedArtefact[];
  /** What rules refer to. */
  readonly names: Pick<RuleVocabulary, "segments" | "lists">;
};

/**
 * What an environment serves now, or served at an instant: revision, artefacts and names as of one moment, since one
 * statement reads them.
 */
export async function servedAt(
  { db }: Pick<Context, "db">,
  environment: string,
  instant: Date | null,
): Promise<Served> {
  const [row] = await db.$queryRaw<unknown[]>`
    SELECT "revision" AS "head",
      CASE WHEN ${instant}::timestamptz IS NULL THEN "revision" ELSE coalesce((
        SELECT max("number") FROM "Revision" WHERE "environmentKey" = "key" AND "createdAt" <= ${instant}), 0)
      END AS "revision",
      (SELECT coalesce(json_object_agg("key", "name"), '{}') FROM "ManagedList") AS "lists",
      (SELECT coalesce(json_agg(json_build_array("id", "versionId")), '[]') FROM "Release"
        WHERE "environmentKey" = "Environment"."key" AND ("endedAt" IS NULL OR "endedAt" > ${instant})
          AND coalesce("createdAt" <= ${instant}, TRUE)) AS "releases"
    FROM "Environment" WHERE "key" = ${environment}`;
  if (!row) throw notFound("environment", environment);
  const { head, revision, lists, releases } = servedSchema.parse(row);
  const frozen = await frozenArtefacts(
    db,
    releases.map(([id]) => id),
  );
  const artefacts = releases.flatMap(([id, versionId]) => {
    const artefact = frozen.get(id);
    return artefact ? [{ versionId, artefact }] : [];
  });
  artefacts.sort((a, b) => (a.artefact.key < b.artefact.key ? -1 : 1));
  const names = {
    segments: new Map(artefacts.map(({ artefact: { key, name } }) => [key, { name }])),
    lists: new Map(Object.entries(lists).map(([key, name]) => [key, { name }])),
  };
  return { revision, head, artefacts, names };
}

const servedSchema = z.object({
  head: z.int(),
  revision: z.int(),
  lists: z.record(z.string(), z.string()),
  releases: z.array(z.tuple([z.string(), z.string()])),
});
