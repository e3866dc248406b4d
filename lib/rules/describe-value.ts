import type { WindowUnit } from "../catalogue/definition";
import type { AttributeValue, ConditionValue, Window } from "./definition";

const monthNames = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const mostValues = 8;
/** Stands for what an author has not given yet. */
const unfinished = "…";

/** "1,234.5": all digits that the number has, the same on every machine. */
export function describeNumber(value: number): string {
  const text = String(value);
  if (text.includes("e")) return text;
  const [whole = "", fraction] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** "2 Jul 2026" at midnight, else "2 Jul 2026, 09:12 UTC", with seconds and milliseconds if there are any. */
export function describeInstant(milliseconds: number): string {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return String(milliseconds);
  const day = `${date.getUTCDate()} ${monthNames[date.getUTCMonth()] ?? ""} ${date.getUTCFullYear()}`;
  const time = date
    .toISOString()
    .slice(-13, -1)
    .replace(/\.000$/, "")
    .replace(/^(\d\d:\d\d):00$/, "$1");
  return time === "00:00" ? day : `${day}, ${time} UTC`;
}

const singular = { minutes: "minute", hours: "hour", days: "day" } as const satisfies Record<WindowUnit, string>;

/** "90 days", "1 hour". */
export function describeWindow({ n, unit }: Window): string {
  return `${describeNumber(n)} ${n === 1 ? (singular[unit] ?? unit) : unit}`;
}

/** The words of a condition's value, one for each value of a list; no more than eight, then "992 more". */
export function valueWords(value: ConditionValue | undefined, isInstant: boolean): string[] {
  if (value === undefined || value === null) return [];
  if (isList(value)) {
    const words = value.slice(0, mostValues).map(scalarWord);
    return value.length > mostValues ? [...words, `${describeNumber(value.length - mostValues)} more`] : words;
  }
  if (typeof value === "object") return [describeWindow(value)];
  if (isInstant && typeof value === "string") return [instantWord(value)];
  return [scalarWord(value)];
}

function instantWord(text: string): string {
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? text || unfinished : describeInstant(milliseconds);
}

function isList(value: ConditionValue): value is readonly string[] | readonly number[] {
  return Array.isArray(value);
}

function scalarWord(value: string | number | boolean): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? describeNumber(value) : (value ?? unfinished);
}

/** A customer's value in words. For an instant how long ago it was at `asOf`, if the condition asks for that. */
export function describeActual(
  value: AttributeValue | undefined,
  as: { readonly isInstant: boolean; readonly relativeTo?: number },
): string {
  if (value === undefined) return "missing";
  if (typeof value === "object") return value.length === 0 ? "empty" : valueWords(value, false).join(", ");
  if (as.isInstant && typeof value === "number")
    return as.relativeTo === undefined ? describeInstant(value) : describeDistance(value, as.relativeTo);
  return scalarWord(value);
}

/** "132 days ago", "in 3 hours". */
export function describeDistance(instant: number, asOf: number): string {
  const minutes = Math.floor(Math.abs(asOf - instant) / 60_000);
  const window: Window =
    minutes < 60
      ? { n: minutes, unit: "minutes" }
      : minutes < 2_880
        ? { n: Math.floor(minutes / 60), unit: "hours" }
        : { n: Math.floor(minutes / 1_440), unit: "days" };
  return instant > asOf ? `in ${describeWindow(window)}` : `${describeWindow(window)} ago`;
}
