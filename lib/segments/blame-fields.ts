import type { SegmentDocument } from "./document";
import { fieldsOf, type MergedFieldName, mergedFieldNames } from "./merge-documents";
import { saysSame } from "./merge-field";

export type BlamedField = { readonly field: MergedFieldName; readonly since: number };

/** For each field of the last document of a line, oldest first, since which index it has said the same. */
export function blameFields(line: readonly SegmentDocument[]): BlamedField[] {
  const documents = line.map(fieldsOf);
  const newest = documents.at(-1);
  if (!newest) return [];
  return mergedFieldNames.map((field) => ({
    field,
    since: documents.findLastIndex((each) => !saysSame(each[field], newest[field])) + 1,
  }));
}
