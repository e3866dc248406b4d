import type { DuckDBConnection } from "@duckdb/node-api";
import type { Catalogue } from "../../catalogue/definition";
import type { Additions } from "../../engine/server/grow-layout";
import type { ImportMapping } from "../import-mapping";
import { statedPurposes } from "../import-statements";
import type { ReadTexts } from "./read-texts";

type ReadImport = {
  readonly mapping: ImportMapping;
  readonly texts: readonly ReadTexts[];
  readonly catalogue: Catalogue;
};

/** Everything that the dictionaries must know before rows are written. */
export async function importAdditions(
  connection: DuckDBConnection,
  { mapping, texts, catalogue }: ReadImport,
): Promise<Additions> {
  const stated = statedPurposes(mapping, catalogue).map(({ purpose }) => purpose);
  const found = new Map<string, ReadonlySet<string>>();
  const plain = new Set<string>();
  for (const { use, values } of texts) {
    if (use.kind !== "string" && use.kind !== "string_set") continue;
    if (values) found.set(use.key, new Set(values.flatMap((value) => (isText(value) ? value : []))));
    else plain.add(use.key);
  }
  return {
    regions: new Set(catalogue.regions.keys()),
    purposes: new Set([...stated, ...(await spokenPurposes(connection))]),
    ...{ texts: found, plain },
  };
}

function isText<V>(value: V | boolean | null): value is Exclude<V, boolean | null> {
  return value !== null && typeof value !== "boolean";
}

/** Purposes of statements: they may be of customers whom nobody knew until now. */
async function spokenPurposes(connection: DuckDBConnection): Promise<string[]> {
  const found = await connection.runAndReadAll("SELECT DISTINCT purpose FROM consents");
  return found.getRows().map(([purpose]) => String(purpose));
}
