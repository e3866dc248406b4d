import { createReadStream } from "node:fs";

const [quote, newline, carriageReturn] = [0x22, 0x0a, 0x0d];

/** `line` counts from 1, `position` is the byte at which the record starts. */
export type RecordStart = { readonly line: number; readonly position: number };

export type RecordOptions = {
  readonly header: boolean;
  /** Between the fields of a CSV; null when a record is always one line. */
  readonly delimiter: string | null;
};

/** Where each record of the file starts, the header not counted. Empty lines are no records. */
export async function* recordStarts(path: string, { header, delimiter }: RecordOptions): AsyncGenerator<RecordStart> {
  const separator = delimiter?.charCodeAt(0);
  let [line, position] = [1, 0];
  let start: RecordStart | undefined;
  let [quoted, fieldStarts, isHeader] = [false, true, header];
  let previous = 0;
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) {
    for (const byte of bytes as Uint8Array) {
      const isLineEnd = byte === newline || byte === carriageReturn;
      const isBlank = isLineEnd || (separator === undefined && (byte === 0x20 || byte === 0x09));
      if (!isBlank) start ??= { line, position };
      if (byte === quote && separator !== undefined) {
        // A doubled quote closes and opens again, which comes to the same.
        if (quoted) quoted = false;
        else if (fieldStarts || previous === quote) quoted = true;
      }
      fieldStarts = byte === separator || isLineEnd;
      if (byte === carriageReturn || (byte === newline && previous !== carriageReturn)) {
        line++;
        if (!quoted && start) {
          if (!isHeader) yield start;
          isHeader = false;
          start = undefined;
        }
      }
      previous = byte;
      position++;
    }
  }
  if (start && !isHeader) yield start;
}
