import { csvLine } from "../csv-line";
import type { AuditEntryItem, exportFormats } from "./contract";

type ExportFormat = (typeof exportFormats)[number];

const columns = {
  sequence: ({ sequence }) => sequence,
  at: ({ at }) => at,
  actor_id: ({ actor }) => actor.id ?? "",
  actor_name: ({ actor }) => actor.name,
  via: ({ via }) => via,
  action: ({ action }) => action,
  subject_type: ({ subject }) => subject.type,
  subject_id: ({ subject }) => subject.id,
  subject_name: ({ subject }) => subject.name,
  before: ({ before }) => jsonCell(before),
  after: ({ after }) => jsonCell(after),
  previous_hash: ({ previousHash }) => previousHash,
  hash: ({ hash }) => hash,
} as const satisfies Record<string, (entry: AuditEntryItem) => string | number>;

/** What a file of entries begins with. */
export function entryHead(format: ExportFormat): string {
  return format === "csv" ? csvLine(Object.keys(columns)) : "";
}

export function entryLine(format: ExportFormat, entry: AuditEntryItem): string {
  if (format === "ndjson") return `${JSON.stringify(entry)}\n`;
  return csvLine(Object.values(columns).map((cellOf) => harmless(cellOf(entry))));
}

/** A spreadsheet takes what begins so for a formula: an apostrophe before it makes it text. */
function harmless(cell: string | number): string | number {
  return typeof cell === "string" && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

function jsonCell(value: unknown): string {
  return value === null || value === undefined ? "" : JSON.stringify(value);
}
