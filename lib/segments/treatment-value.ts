import type { TreatmentValue } from "./document";

/** A treatment's value as typed: true and false, a plain decimal number, else text. "007" and "1e3" stay text. */
export function parseTreatment(typed: string): TreatmentValue {
  const text = typed.trim();
  if (text === "true" || text === "false") return text === "true";
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,9})?$/.test(text) && text !== "-0" ? Number(text) : text;
}
