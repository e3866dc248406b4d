import type { Catalogue } from "../../catalogue/definition";
import type { ImportPreview } from "../contract";
import { importPreview } from "../import-preview";
import { readParquetHead } from "./import-reader";
import { openImportSource } from "./import-source";

export type PreviewImportOptions = {
  readonly catalogue: Catalogue;
  readonly file: string;
  readonly fileName: string;
  readonly signal?: AbortSignal;
};

/** What the head of a file holds and how it could be mapped. Throws invalid for a file that cannot be imported. */
export async function previewFile(options: PreviewImportOptions): Promise<ImportPreview> {
  const source = await openImportSource(options.file, options.fileName, options.signal);
  try {
    const parquet = source.format === "parquet" ? await readParquetHead(source.path) : undefined;
    return importPreview({ ...source, ...parquet }, options.catalogue);
  } finally {
    await source.close();
  }
}
