import type { DuckDBConnection } from "@duckdb/node-api";
import type { ErasedCustomers } from "../../audit/server/erased-customers";
import type { Attribute, AttributeType, Catalogue } from "../../catalogue/definition";
import type { DuckDbEngine } from "../../engine/server/duckdb-engine";
import { type ImportNote, noteImport } from "../../engine/server/duckdb-imported";
import { growLayout } from "../../engine/server/grow-layout";
import { inTransaction } from "../../engine/server/layout-store";
import { interruptible } from "../../engine/server/run-statement";
import { stampChange } from "../../engine/server/write-profiles";
import type { ImportMapping } from "../import-mapping";
import { type Recorded, type StatedOf, statedPurposes } from "../import-statements";
import { type ColumnUse, columnUses } from "../import-uses";
import { importAdditions } from "./import-additions";
import { openImportSource, refused } from "./import-source";
import { keepHistory } from "./keep-history";
import { markUnfit, type RowDemands } from "./mark-unfit";
import { assignments, mergeStaged } from "./merge-staged";
import { type ReadTexts, readTexts } from "./read-texts";
import { type LineReject, stageImport } from "./stage-import";
import { dropErased, nameCurrent } from "./staged-customers";
import { type Reject, writeRejects } from "./write-rejects";

export type RunImportOptions = {
  readonly engine: DuckDbEngine;
  readonly catalogue: Catalogue;
  /** The uploaded file on disk; work files are made beside it and removed. */
  readonly file: string;
  /** As the person calls it, for messages and its ending. */
  readonly fileName: string;
  readonly mapping: ImportMapping;
  /** Where the rejects are written as CSV; not written when there are none. */
  readonly rejectsFile: string;
  readonly onProgress?: (rows: number) => void;
  readonly signal?: AbortSignal;
  readonly demands?: RowDemands;
  /** Which of several good rows with one id stays: the last, unless said otherwise. */
  readonly keeps?: "first" | "last";
  /** Left out where what is imported has no history: to be handed over, or counted once. */
  readonly recorded?: Recorded;
  /** Whose rows are not taken. */
  readonly erased?: ErasedCustomers;
};

export type ImportResult = {
  readonly format: string;
  readonly rows: number;
  /** Rows taken over; `updated` of them changed a customer who was known or stood earlier in the file. */
  readonly accepted: number;
  readonly updated: number;
  readonly rejected: number;
  /** By code. */
  readonly rejectedBy: ReadonlyMap<string, number>;
  /** Up to 20. */
  readonly firstRejects: readonly Reject[];
};

/**
 * Imports the good rows in one transaction; a customer's attributes that the mapping leaves out stay as they are.
 * Throws invalid for a file or mapping that cannot be imported at all, and changes nothing then.
 */
export async function runImport(options: RunImportOptions): Promise<ImportResult> {
  const { engine, catalogue, mapping, signal } = options;
  const uses = columnUses(mapping, catalogue, options.demands?.verbatim);
  requireStoredTypes(mapping, engine.layout().types);
  const opened = await openImportSource(options.file, options.fileName, signal);
  const connection = await engine.connect();
  try {
    await connection.run("SET enable_progress_bar = true; SET enable_progress_bar_print = false; SET TimeZone = 'UTC'");
    const onProgress = options.onProgress ?? (() => undefined);
    const staged = await stageImport(connection, opened, mapping, uses, { signal, onProgress });
    const { texts, bad } = await readTexts(connection, staged.columns, uses, catalogue);
    if (options.demands) await markUnfit(connection, { columns: staged.columns, uses, bad }, options.demands);
    const rejects = await writeRejects(connection, staged, mapping.id, uses, bad, options.rejectsFile);
    const rows = staged.rows + staged.lineRejects.filter(isRow).length;
    if (rows === 0) throw refused("no-rows", `The file "${options.fileName}" has no rows.`);
    signal?.throwIfAborted();
    if (options.recorded) await nameCurrent(connection, engine);
    const gone = options.erased ? await dropErased(connection, options.erased) : 0;
    const repeated = await dropRepeated(connection, options.keeps ?? "last");
    const { rejected, rejectedBy, first } = withErased(rejects, gone);
    const accepted = rows - rejected;
    const known = accepted === 0 ? 0 : await merge(connection, options, staged.columns, uses, texts);
    onProgress(rows);
    const { format } = staged.source;
    return { format, rows, accepted, updated: known + repeated, rejected, rejectedBy, firstRejects: first };
  } finally {
    connection.closeSync();
    await opened.close();
  }
}

/** Of rows of who was erased it is told how many there were, and nothing else. */
export function withErased<R extends Pick<ImportResult, "rejected" | "rejectedBy">>(rejects: R, gone: number): R {
  if (gone === 0) return rejects;
  const rejectedBy = new Map([...rejects.rejectedBy, ["erased", gone]]);
  return { ...rejects, rejected: rejects.rejected + gone, rejectedBy };
}

function isRow({ isBlank }: LineReject): boolean {
  return !isBlank;
}

export function requireStoredTypes(mapping: ImportMapping, stored: ReadonlyMap<string, AttributeType>): void {
  for (const { key, type } of Object.values(mapping.attributes)) {
    const known = stored.get(key);
    if (known !== undefined && known !== type)
      throw refused(
        "attribute-type-changed",
        `Attribute "${key}" is stored as ${known.replace("_", " ")}; the import reads it as ${type.replace("_", " ")}.`,
      );
  }
}

/** Of several good rows with one id one stays. Gives how many went. */
async function dropRepeated(connection: DuckDBConnection, keeps: "first" | "last"): Promise<number> {
  const found = await connection.runAndReadAll(
    "SELECT 1 FROM staging WHERE bad = 0 GROUP BY id HAVING count(*) > 1 LIMIT 1",
  );
  if (found.currentRowCount === 0) return 0;
  const deleted = await connection.run(
    `DELETE FROM staging WHERE rowid IN (
       SELECT rowid FROM (SELECT rowid, ${keeps === "last" ? "max" : "min"}(rowid) OVER (PARTITION BY id) AS kept
         FROM staging WHERE bad = 0) WHERE rowid <> kept
     )`,
  );
  return deleted.rowsChanged;
}

async function merge(
  connection: DuckDBConnection,
  { engine, catalogue, mapping, signal, recorded }: RunImportOptions,
  columns: readonly string[],
  uses: readonly ColumnUse[],
  texts: readonly ReadTexts[],
): Promise<number> {
  await engine.addAttributes(mappedAttributes(mapping, catalogue));
  return engine.write(signal, async (writer, adopt) => {
    const additions = await importAdditions(writer, { mapping, texts, catalogue });
    adopt(await growLayout(writer, engine.layout(), additions));
    const layout = engine.layout();
    // A column that is read for two things has one type.
    for (const name of new Set(texts.filter(({ values }) => values).map((read) => read.name)))
      await connection.run(`CREATE TEMP TYPE ${name} AS ENUM (SELECT text FROM ${name} ORDER BY position)`);
    const counted = await connection.runAndReadAll("SELECT count(*) FROM profiles");
    const keepsOld = Number(counted.getRows()[0]?.[0]) > 0;
    const assigned = assignments(mapping, columns, uses, texts, layout, keepsOld);
    return interruptible(connection, { signal }, () =>
      inTransaction(connection, async () => {
        const now = Date.now();
        const stated = statedPurposes(mapping, catalogue);
        const importNo = recorded && (await noteImport(connection, importNote(stated, recorded, now)));
        const known = await mergeStaged(connection, layout, assigned, { keepsOld, importNo });
        if (recorded) await keepHistory(connection, { stated, layout, keepsOld, recorded, now });
        await stampChange(connection, now);
        return known;
      }),
    );
  });
}

function importNote(stated: readonly StatedOf[], recorded: Recorded, received: number): ImportNote {
  const purposesOf = (set: "consents" | "objections") => stated.filter((each) => each[set]).map((each) => each.purpose);
  return { ...recorded, received, consents: purposesOf("consents"), objections: purposesOf("objections") };
}

export function mappedAttributes(mapping: ImportMapping, catalogue: Catalogue): Attribute[] {
  return Object.values(mapping.attributes).flatMap(({ key }) => catalogue.attributes.get(key) ?? []);
}
