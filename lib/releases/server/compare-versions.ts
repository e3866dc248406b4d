import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { customerRounding } from "../../catalogue/small-cells";
import { DomainError, notFound } from "../../errors";
import type { Artefact } from "../../guards/artefact";
import { frozenArtefacts } from "../../guards/server/frozen-artefacts";
import { namedReferences } from "../../guards/server/named-references";
import { productionKey } from "../../segments/server/production";
import { requireSegment, storedDocument } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import { parseComparedRef } from "../compared-ref";
import type { ComparedSide, Comparison, comparisonQuerySchema } from "../history-contract";
import { servedDocument } from "../served-document";
import { releaseParts, toRelease } from "./release-row";
import { loadVersionLine } from "./version-line";

/** Two versions of a segment, or what environments served of it at two revisions, with all that tells them apart. */
export async function compareVersions(
  ctx: Context,
  { key, from, to }: z.output<typeof comparisonQuerySchema> & { readonly key: string },
): Promise<Comparison> {
  requirePermission(ctx.actor, "segment.read");
  const segment = await requireSegment(ctx.db, key);
  const sides = [await sideOf(ctx, segment.id, from), await sideOf(ctx, segment.id, to)] as const;
  const rules = sides.map(({ document }) => document.definition.rule);
  return {
    segment: { key, name: segment.name },
    ...{ from: sides[0], to: sides[1] },
    references: await namedReferences(ctx.db, rules, key),
  };
}

async function sideOf(ctx: Context, segmentId: string, ref: string): Promise<ComparedSide> {
  const { db } = ctx;
  const release = await releaseOf(ctx, segmentId, ref);
  const versionId = release?.versionId ?? (await versionIdOf(ctx, segmentId, ref));
  const [version] = await loadVersionLine(ctx, { id: versionId });
  const row = await db.version.findUnique({ where: { id: versionId }, select: { document: true } });
  if (!version || !row) throw notFound("version", ref);
  const artefact = release && (await frozenArtefacts(db, [release.id])).get(release.id);
  const editedSince =
    release !== null && parseComparedRef(ref)?.kind === "revision" && release.contentHash !== version.contentHash;
  const document = storedDocument(row.document);
  return {
    ...{ ref, version, editedSince },
    document: editedSince && artefact ? servedDocument(artefact, document) : document,
    release: release && toRelease(release, release.contentHash, customerRounding(ctx.actor)),
    stoodOn: artefact ? ownReferences(artefact) : null,
  };
}

function ownReferences({ references }: Artefact): ComparedSide["stoodOn"] {
  return references.map(({ kind, key, version }) => ({ kind, key, version }));
}

/** The release that served the segment at a revision, or the last one of a version in production. */
async function releaseOf({ db }: Context, segmentId: string, text: string) {
  const ref = parseComparedRef(text);
  const production = await productionKey(db);
  if (ref?.kind === "version") {
    return db.release.findFirst({
      where: { segmentId, environmentKey: production, version: { number: ref.number }, kind: { not: "kill" } },
      orderBy: { revision: "desc" },
      include: releaseParts,
      omit: { artefact: true },
    });
  }
  const environmentKey = ref?.environment ?? production;
  const release = await db.release.findFirst({
    where: { segmentId, environmentKey, revision: { lte: ref?.revision ?? 0 } },
    orderBy: { revision: "desc" },
    include: releaseParts,
    omit: { artefact: true },
  });
  if (release) return release;
  throw new DomainError("not-found", `${environmentKey} served nothing of the segment at revision ${ref?.revision}.`);
}

async function versionIdOf({ db }: Context, segmentId: string, text: string): Promise<string> {
  const ref = parseComparedRef(text);
  const number = ref?.kind === "version" ? ref.number : 0;
  const version = await db.version.findUnique({
    where: { segmentId_number: { segmentId, number } },
    select: { id: true },
  });
  if (!version) throw notFound("version", text);
  return version.id;
}
