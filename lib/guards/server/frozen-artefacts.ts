import { z } from "zod";
import type { Database, Transaction } from "../../server/database";
import { recentValues } from "../../server/recent-values";
import { type Artefact, artefactSchema } from "../artefact";

const keptCharacters = 128 * 1024 * 1024;
const recent = recentValues<{ readonly artefact: Artefact; readonly characters: number }>(
  "the artefacts of releases",
  keptCharacters,
  ({ characters }) => characters,
);
const frozenSchema = z.object({ id: z.string(), characters: z.int(), artefact: artefactSchema });

/** After an erasure, which puts a keyed hash in place of a customer's id. */
export const forgetFrozenArtefacts = recent.clear;

/** By the release's id. What a release serves never changes, so each is read once. */
export async function frozenArtefacts(
  db: Database | Transaction,
  releaseIds: readonly string[],
): Promise<ReadonlyMap<string, Artefact>> {
  const found = new Map<string, Artefact>();
  for (const id of releaseIds) {
    const known = recent.find(id);
    if (known) found.set(id, known.artefact);
  }
  const missing = releaseIds.filter((id) => !found.has(id));
  if (missing.length === 0) return found;
  const rows = await db.$queryRaw<unknown[]>`
    SELECT "id", "artefact", length("artefact"::text) AS "characters" FROM "Release" WHERE "id" = ANY(${missing})`;
  for (const row of rows) {
    const { id, artefact, characters } = frozenSchema.parse(row);
    recent.keep(id, { artefact, characters });
    found.set(id, artefact);
  }
  return found;
}
