import type { Database } from "../../server/database";
import type { Catalogue } from "../definition";
import { loadCatalogue } from "./load-catalogue";

type Known = { readonly mark: string; readonly catalogue: Catalogue };

const known = new WeakMap<Database, Known>();

/**
 * As `loadCatalogue`, which is asked only when a row has changed since. Outside of transactions only: what one has not
 * committed is nobody else's.
 */
export async function currentCatalogue(db: Database): Promise<Catalogue> {
  // Before the rows: what changes between the two is read anew by whoever asks next.
  const mark = await readMark(db);
  const kept = known.get(db);
  if (kept?.mark === mark) return kept.catalogue;
  const catalogue = await loadCatalogue(db);
  known.set(db, { mark, catalogue });
  return catalogue;
}

/** Says of every row which transaction wrote it. */
async function readMark(db: Database): Promise<string> {
  const [row] = await db.$queryRaw<{ mark: string }[]>`
    SELECT md5(string_agg("kind" || "key" || ' ' || "writer", ',' ORDER BY "kind", "key")) AS "mark" FROM (
      SELECT 'a' AS "kind", "key", xmin::text AS "writer" FROM "Attribute"
      UNION ALL SELECT 'p', "key", xmin::text FROM "Purpose"
      UNION ALL SELECT 'r', "key", xmin::text FROM "Region"
      UNION ALL SELECT 'e', "key", xmin::text FROM "EventType") AS "rows"`;
  return row?.mark ?? "";
}
