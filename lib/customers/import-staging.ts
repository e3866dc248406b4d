import { lastInstant } from "../rules/instant";
import { type ColumnUse, isTyped, type TypedUse } from "./import-uses";

/** What JavaScript's `trim` takes away. */
const whitespace =
  "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
export const maxIdLength = 200;

/**
 * Staging holds `id`, a `u` column for each typed use, an `r` column for each column read as text, `bad` (0, 1 for the
 * id, or 2 + the index of the use that cannot be read) and `bad_value`. Its row order is the file's.
 * `reader` is a SELECT of the raw texts: `r0` the id, `r1`, … the columns in `columns`; `unreadable` may be true in it.
 */
export function stagingSql(reader: string, columns: readonly string[], uses: readonly ColumnUse[]): string {
  const rawOf = (use: ColumnUse) => rawColumn(columns, use.column);
  const typed = uses.flatMap((use, index) => (isTyped(use) ? [{ use, index }] : []));
  const texts = new Set(uses.filter((use) => !isTyped(use)).map(rawOf));
  const values = typed.map(({ use, index }) => `${typedSql(use, rawOf(use))} AS u${index}`);
  const faults = typed.map(({ use, index }) => {
    const raw = rawOf(use);
    const isRead = use.kind === "timestamp" ? `abs(u${index}) <= ${lastInstant}` : `u${index} IS NOT NULL`;
    return `WHEN CASE WHEN ${isRead} OR ${raw} IS NULL THEN FALSE ELSE ${trimmed(raw)} <> '' END THEN ${index + 2}`;
  });
  const faulty = typed.map(({ use, index }) => `WHEN ${index + 2} THEN ${rawOf(use)}`);
  const kept = [...typed.map(({ index }) => `u${index}`), ...texts];
  const inner = ["*", `nullif(${trimmed("r0")}, '') AS id`, ...values].join(", ");
  const checked = `*, (CASE WHEN unreadable THEN 1 WHEN id IS NULL OR length(id) > ${maxIdLength} THEN 1 ${faults.join(" ")} ELSE 0 END)::USMALLINT AS bad`;
  const outer = [
    "id",
    "unreadable",
    ...kept,
    "bad",
    `CASE bad ${faulty.join(" ")} ${faulty.length === 0 ? "WHEN 0 THEN NULL" : ""} END::VARCHAR AS bad_value`,
  ];
  return `SELECT ${outer.join(", ")} FROM (SELECT ${checked} FROM (SELECT ${inner} FROM (${reader})))`;
}

/** `r0` is the id; a column that is the id as well has a place of its own. */
export function rawColumn(columns: readonly string[], column: string): string {
  return `r${columns.indexOf(column) + 1}`;
}

/** Trimming by so many characters is slow, and plain texts need none. */
function trimmed(column: string): string {
  return `CASE WHEN ${isPlain(column)} THEN ${column} ELSE trim(${column}, '${whitespace}') END`;
}

function isPlain(column: string): string {
  return `regexp_full_match(${column}, '[!-~]([ -~]*[!-~])?')`;
}

function typedSql({ kind, format }: TypedUse, raw: string): string {
  if (kind === "number") {
    const text = format === "decimal_comma" ? `replace(replace(${raw}, '.', ''), ',', '.')` : raw;
    // Adding zero takes the sign off minus zero.
    return finite(`TRY_CAST(${text} AS DOUBLE)`, "+ 0.0");
  }
  if (format === "unix_milliseconds") return `TRY_CAST(TRY_CAST(${raw} AS DOUBLE) AS BIGINT)`;
  if (format === "unix_seconds") return `TRY_CAST(TRY_CAST(${raw} AS DOUBLE) * 1000 AS BIGINT)`;
  const text = `trim(${raw})`;
  if (format !== "" && format !== "iso") return `epoch_ms(try_strptime(${text}, '${format.replaceAll("'", "''")}'))`;
  return `epoch_ms(coalesce(TRY_CAST(${text} AS TIMESTAMPTZ), try_strptime(${text}, ['%Y-%m-%dT%H:%M%z', '%Y-%m-%d %H:%M%z', '%Y-%m-%dT%H:%MZ', '%Y-%m-%d %H:%MZ'])))`;
}

function finite(expression: string, then: string): string {
  return `CASE WHEN isfinite(${expression}) THEN ${expression} ${then} END`;
}

/** A text by SQL alone, for columns with too many different ones; a `verbatim` one is trimmed only. */
export function textSql(raw: string, verbatim = false): string {
  if (verbatim) return `nullif(${trimmed(raw)}, '')`;
  return `nullif(CASE WHEN ${isPlain(raw)} THEN ${raw} ELSE trim(nfc_normalize(${raw}), '${whitespace}') END, '')`;
}

export function textsSql(raw: string, separator: string): string {
  const parts = `string_split(${raw}, CASE WHEN starts_with(${raw}, chr(31)) THEN chr(31) ELSE '${separator.replaceAll("'", "''")}' END)`;
  const cleaned = `list_transform(${parts}, lambda part: nfc_normalize(${trimmed("part")}))`;
  return `CASE WHEN ${trimmed(raw)} = '' THEN NULL ELSE list_distinct(list_filter(${cleaned}, lambda part: part <> '')) END`;
}
