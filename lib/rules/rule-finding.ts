import type { Finding } from "../findings";
import { formatPath, type RulePath } from "./definition";

export function blocking(code: string, path: RulePath, message: string, resolution: string): Finding {
  return { code, severity: "blocking", path: formatPath(path), message, resolution };
}

export function warning(code: string, path: RulePath, message: string, resolution: string): Finding {
  return { code, severity: "warning", path: formatPath(path), message, resolution };
}

const longestQuote = 60;

/** Foreign input as it may stand in a message: short, on one line. */
export function quote(value: unknown): string {
  if (typeof value === "string") {
    const clipped = value.length > longestQuote ? `${value.slice(0, longestQuote).toWellFormed()}…` : value;
    return JSON.stringify(clipped);
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/** "a", "a or b", "a, b or c". */
export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
