import { requirePermission } from "../../access/permissions";
import { blameRule } from "../../rules/blame";
import { formatPath } from "../../rules/definition";
import { blameFields } from "../../segments/blame-fields";
import { productionKey } from "../../segments/server/production";
import { requireSegment, storedDocument } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { Blame } from "../history-contract";
import { releasedLine } from "../released-line";
import { loadVersionLine } from "./version-line";

/** Since which version each condition of the live rule is there, and who answers for it. */
export async function segmentBlame(ctx: Context, key: string): Promise<Blame> {
  requirePermission(ctx.actor, "segment.read");
  const segment = await requireSegment(ctx.db, key);
  const line = await liveLine(ctx, segment.id);
  const numberAt = (index: number) => line[index]?.number ?? 0;
  const nodes = blameRule(line.map(({ document }) => document.definition.rule)).map(({ path, since }) => ({
    path: formatPath(path),
    since: numberAt(since),
  }));
  const fields = blameFields(line.map(({ document }) => document)).map(({ field, since }) => ({
    field,
    since: numberAt(since),
  }));
  const named = [...new Set([...nodes, ...fields].map(({ since }) => since))];
  return {
    ...{ version: line.at(-1)?.number ?? null, nodes, fields },
    versions: await loadVersionLine(ctx, { segmentId: segment.id, number: { in: named } }),
  };
}

/** The released versions that lead to the live one, oldest first, with what each says. */
async function liveLine({ db }: Context, segmentId: string) {
  const releases = await db.release.findMany({
    where: { segmentId, environmentKey: await productionKey(db) },
    select: { versionId: true, version: { select: { number: true } } },
    orderBy: { revision: "asc" },
  });
  const line = releasedLine(releases);
  const rows = await db.version.findMany({
    where: { id: { in: line.map(({ versionId }) => versionId) } },
    select: { id: true, document: true },
  });
  const documents = new Map(rows.map(({ id, document }) => [id, storedDocument(document)]));
  return line.flatMap(({ versionId, version: { number } }) => {
    const document = documents.get(versionId);
    return document ? [{ number, document }] : [];
  });
}
