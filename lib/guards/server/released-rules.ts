import { z } from "zod";
import type { TreeNode } from "../../rules/definition";
import type { Database, Transaction } from "../../server/database";
import { recentValues } from "../../server/recent-values";

/** An author's rule as a release serves it, its references resolved. */
export type ReleasedRule = { readonly version: number; readonly rule: TreeNode };

const keptCharacters = 64 * 1024 * 1024;
type KeptRule = { readonly released: ReleasedRule; readonly characters: number };
const recent = recentValues<KeptRule>("the rules of releases", keptCharacters, ({ characters }) => characters);

const rowSchema = z.object({
  id: z.string(),
  version: z.int(),
  characters: z.int(),
  rule: z.custom<TreeNode>((value) => typeof value === "object" && value !== null),
});

/** The rules of releases by the release's id. What a release serves never changes, so each is read once. */
export async function releasedRules(
  db: Database | Transaction,
  releaseIds: readonly string[],
): Promise<ReadonlyMap<string, ReleasedRule>> {
  const found = new Map<string, ReleasedRule>();
  for (const id of releaseIds) {
    const known = recent.find(id);
    if (known) found.set(id, known.released);
  }
  const missing = releaseIds.filter((id) => !found.has(id));
  if (missing.length === 0) return found;
  const rows = await db.$queryRaw<unknown[]>`
    SELECT "id", ("artefact"->>'version')::int AS "version", "artefact"#>'{parts,rule}' AS "rule",
      length("artefact"#>>'{parts,rule}') AS "characters"
    FROM "Release" WHERE "id" = ANY(${missing})`;
  for (const row of rows) {
    const { id, version, rule, characters } = rowSchema.parse(row);
    const released = { version, rule };
    recent.keep(id, { released, characters });
    found.set(id, released);
  }
  return found;
}
