import { access, constants, copyFile, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { previewFile } from "../../lib/customers/server/preview-import";
import { type ImportResult, runImport } from "../../lib/customers/server/run-import";
import type { Counts } from "../../lib/engine/answers";
import { type DuckDbEngine, openDuckDbEngine } from "../../lib/engine/server/duckdb-engine";
import type { Finding } from "../../lib/findings";
import { guardedRule, guardedRuleOfArtefact } from "../../lib/guards/guarded-rule";
import { inferAttributes } from "../../lib/rules/infer-attributes";
import type { DocumentVocabulary } from "../../lib/rules/vocabulary";
import { checkGiven } from "./check-given";
import { attributeColumns, columnAttributes, guardColumns, idColumn } from "./column-mapping";
import { type Given, placeOf, unreadableFile } from "./read-given";
import { regionsIn } from "./regions-in";
import { knownOf } from "./vocabulary";

export type CountOptions = {
  readonly given: Given;
  /** CSV, TSV, NDJSON or Parquet. */
  readonly data: string;
  readonly id?: string;
  readonly catalogue?: string;
  readonly asOf: number;
};

export type FileCount =
  | { readonly ok: false; readonly findings: readonly Finding[] }
  | {
      readonly ok: true;
      readonly findings: readonly Finding[];
      readonly counts: Counts;
      readonly imported: ImportResult;
      readonly notes: readonly string[];
    };

/** Of two spellings of a region the document's counts. */
async function knownRegions(
  engine: DuckDbEngine,
  file: { readonly file: string; readonly fileName: string },
  column: string | null,
  known: DocumentVocabulary["regions"],
): Promise<DocumentVocabulary["regions"]> {
  if (column === null) return known;
  const others = [...(await regionsIn(engine, file, column))].filter(([cell]) => !known.has(cell.toLowerCase()));
  return new Map([...others, ...known]);
}

/** Reads the file into a database in memory and counts, as the console does with an import. */
export async function countFile(options: CountOptions): Promise<FileCount> {
  const source = placeOf(options.data);
  await access(source, constants.R_OK).catch((error: unknown) => {
    throw unreadableFile(options.data, error);
  });
  const folder = await mkdtemp(join(tmpdir(), "steward-count-"));
  const engine = await openDuckDbEngine(":memory:");
  try {
    // Work files are made beside the file, and that place may not be ours to write to.
    const file = join(folder, "data");
    await symlink(source, file).catch(() => copyFile(source, file));
    return await countIn(engine, file, options);
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function countIn(engine: DuckDbEngine, file: string, options: CountOptions): Promise<FileCount> {
  const { given, asOf } = options;
  const { vocabulary: known } = await knownOf(given, options.catalogue);
  const fileName = basename(options.data);
  const preview = await previewFile({ catalogue: known, file, fileName });
  const attributes = options.catalogue === undefined ? columnAttributes(preview) : known.attributes;
  const vocabulary = { ...known, attributes };
  const { findings, sound } = checkGiven(given, vocabulary, asOf);
  if (!sound) return { ok: false, findings };
  const { rule, document } = sound;
  const wanted = [...inferAttributes(rule).keys()].flatMap((key) => attributes.get(key) ?? []);
  const guards = document && guardColumns(preview, document);
  const columns = attributeColumns(preview, wanted);
  const missing = wanted.filter(({ key }) => !Object.values(columns).some((column) => column.key === key));
  const regions = await knownRegions(engine, { file, fileName }, preview.suggested.region, vocabulary.regions);
  const mapping = { target: "customers" as const, id: idColumn(preview, options.id), attributes: columns };
  const imported = await runImport({
    ...{ engine, catalogue: { ...vocabulary, regions }, file, fileName, rejectsFile: `${file}-rejects.csv` },
    mapping: { ...mapping, ...guards?.mapping },
  });
  await engine.addAttributes(missing);
  const guarded = document
    ? guardedRule(document, vocabulary)
    : guardedRuleOfArtefact({ key: "rule", parts: { guards: [], rule }, tree: rule });
  const counts = await engine.counts(guarded, asOf);
  const notes = missing.map(({ key }) => `No column holds ${key}: it is missing for everybody.`);
  return { ok: true, findings, counts, imported, notes: [...(guards?.notes ?? []), ...notes] };
}
