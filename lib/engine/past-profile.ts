import { z } from "zod";
import type { Profile } from "../rules/definition";

/**
 * What was stored of a customer until an instant, as text: it outlasts every change of how profiles are laid out. An
 * empty text says that they were not known.
 */
export const notKnown = "";

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const pastSchema = z.object({
  region: z.string().nullish(),
  consents: z.array(z.string()),
  objections: z.array(z.string()),
  attributes: z.record(z.string(), value.nullable()),
});

export function pastText({ region, consents, objections, attributes }: Profile): string {
  return JSON.stringify({ region, consents, objections, attributes });
}

/** Null for who was not known. */
export function readPast(id: string, text: string): Profile | null {
  if (text === notKnown) return null;
  const { region, consents, objections, attributes } = pastSchema.parse(JSON.parse(text));
  const known = Object.entries(attributes).flatMap(([key, each]) => (each === null ? [] : [[key, each] as const]));
  return { id, ...(region ? { region } : {}), consents, objections, attributes: Object.fromEntries(known) };
}
