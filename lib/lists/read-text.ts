import type { GivenEntry } from "./read-upload";

const idColumns: ReadonlySet<string> = new Set(["id", "customer", "customer_id", "customerid"]);
const expiryColumns: ReadonlySet<string> = new Set(["expires_at", "expiresat", "expires"]);

const longestLine = 10_000;

/**
 * The entries of a text: an id on each line; or comma-separated columns named by a header, `id` and `expires_at`, in
 * any order and among others. Without a header the first column is the id and the second the expiry. Blank lines are
 * no entries. A field may stand in quotation marks, doubled within. A line that is far too long is not taken apart: it is
 * an id that is too long.
 */
export function* readText(text: string): Generator<GivenEntry> {
  const lines = linesOf(text.startsWith("\ufeff") ? text.slice(1) : text);
  let columns = { id: 0, expiry: 1 };
  let isFirst = true;
  for (const { line, content } of lines) {
    if (content.length > longestLine) {
      isFirst = false;
      yield { line, customerId: content };
      continue;
    }
    const fields = fieldsOf(content);
    const header = isFirst ? headerOf(fields) : undefined;
    isFirst = false;
    if (header) columns = header;
    else yield { line, customerId: fields[columns.id] ?? "", expiresAt: fields[columns.expiry] };
  }
}

function* linesOf(text: string): Generator<{ line: number; content: string }> {
  let start = 0;
  for (let line = 1; start < text.length; line += 1) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    const content = text.slice(start, end).trim();
    if (content !== "") yield { line, content };
    start = end + 1;
  }
}

function headerOf(fields: readonly string[]): { id: number; expiry: number } | undefined {
  const names = fields.map((field) => field.trim().toLowerCase());
  const id = names.findIndex((name) => idColumns.has(name));
  return id === -1 ? undefined : { id, expiry: names.findIndex((name) => expiryColumns.has(name)) };
}

function fieldsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(",");
  const fields: string[] = [];
  const field = /\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(,|$)/y;
  for (let more = true; more; ) {
    const [, quoted, plain = "", separator] = field.exec(line) ?? [];
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    more = separator === ",";
  }
  return fields;
}
