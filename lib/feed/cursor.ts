import { hash } from "node:crypto";
import { z } from "zod";

/** Where a reader has come to, for one who reads the same. */
export type CursorReading<T> =
  | { readonly ok: true; readonly place: T }
  | { readonly ok: false; readonly why: "bad" | "foreign" };

const sealed = z.tuple([z.string(), z.unknown(), z.string()]);

/**
 * `about` names scope and call: another one refuses the cursor. What was cut or garbled on the way does not match its
 * checksum. It proves nothing; what is told follows from the key.
 */
export function writeCursor(about: string, place: unknown): string {
  return Buffer.from(JSON.stringify([tagOf(about), place, tagOf(JSON.stringify([about, place]))])).toString(
    "base64url",
  );
}

export function readCursor<T>(text: string, about: string, schema: z.ZodType<T>): CursorReading<T> {
  const parsed = sealed.safeParse(jsonOf(text));
  if (!parsed.success) return { ok: false, why: "bad" };
  const [tag, given] = parsed.data;
  if (tag !== tagOf(about)) return { ok: false, why: "foreign" };
  const place = schema.safeParse(given);
  // The same place is written in one way only.
  if (!place.success || writeCursor(about, given) !== text) return { ok: false, why: "bad" };
  return { ok: true, place: place.data };
}

function tagOf(text: string): string {
  return hash("sha256", text, "base64url").slice(0, 16);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return undefined;
  }
}
