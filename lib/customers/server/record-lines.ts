import { createReadStream } from "node:fs";

const [quote, newline, carriageReturn] = [0x22, 0x0a, 0x0d];

export type RecordLineOptions = {
  readonly header: boolean;
  /** Between the fields of a CSV; null when a record is always one line. */
  readonly delimiter: string | null;
  /** Lines that start no record. */
  readonly skipped: ReadonlySet<number>;
};

/** The line (from 1) on which each record of the file starts, the header not counted. Empty lines are no records. */
export async function* recordLines(path: string, options: RecordLineOptions): AsyncGenerator<number> {
  const delimiter = options.delimiter?.charCodeAt(0);
  let line = 1;
  let start = 1;
  let isEmpty = true;
  let quoted = false;
  let fieldStarts = true;
  let previous = 0;
  let isHeader = options.header;
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) {
    for (const byte of bytes as Uint8Array) {
      const endsLine = byte === carriageReturn || (byte === newline && previous !== carriageReturn);
      if (byte === quote && delimiter !== undefined) {
        // A doubled quote closes and opens again, which comes to the same.
        if (quoted) quoted = false;
        else if (fieldStarts || previous === quote) quoted = true;
      }
      fieldStarts = byte === delimiter || byte === newline || byte === carriageReturn;
      previous = byte;
      if (byte !== newline && byte !== carriageReturn) isEmpty = false;
      if (!endsLine) continue;
      line++;
      if (quoted && !options.skipped.has(start)) continue;
      quoted = false;
      const isRecord = !isEmpty && !isHeader && !options.skipped.has(start);
      if (isRecord) yield start;
      if (!isEmpty) isHeader = false;
      isEmpty = true;
      start = line;
    }
  }
  if (!isEmpty && !isHeader && !options.skipped.has(start)) yield start;
}
