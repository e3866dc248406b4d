export const delimiters = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof delimiters)[number];

/** The records of a CSV text (RFC 4180, any line end). A record that is not ended is left out unless `complete`. */
export function csvRecords(text: string, delimiter: Delimiter, complete: boolean, limit = 1_000): string[][] {
  const records: string[][] = [];
  let fields: string[] = [];
  let field = "";
  let quoted = false;
  for (let at = 0; at < text.length && records.length < limit; at++) {
    const character = text[at];
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') field += text[++at];
      else quoted = false;
    } else if (character === '"' && field === "") quoted = true;
    else if (character === delimiter) {
      fields.push(field);
      field = "";
    } else if (character === "\n" || character === "\r") {
      if (character === "\r" && text[at + 1] === "\n") at++;
      endRecord();
    } else field += character;
  }
  if (complete && records.length < limit) endRecord();
  return records;

  function endRecord() {
    fields.push(field);
    if (fields.length > 1 || fields[0] !== "") records.push(fields);
    fields = [];
    field = "";
  }
}

/** The delimiter with which most records are as wide as the first; a comma when none splits anything. */
export function detectDelimiter(text: string, complete: boolean): Delimiter {
  let best: { readonly delimiter: Delimiter; readonly score: number } = { delimiter: ",", score: 0 };
  for (const delimiter of delimiters) {
    const records = csvRecords(text, delimiter, complete, 100);
    const width = records[0]?.length ?? 0;
    const alike = records.filter((record) => record.length === width).length / Math.max(1, records.length);
    const score = width > 1 ? alike * Math.min(width, 50) ** 0.25 : 0;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Names to tell columns apart: trimmed, "column 3" for an empty one, "name (2)" for a second of the same name. */
export function columnNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((cell, index) => {
    const base = cell.replace(/^\ufeff/, "").trim() || `column ${index + 1}`;
    let name = base;
    for (let again = 2; taken.has(name); again++) name = `${base} (${again})`;
    taken.add(name);
    return name;
  });
}
