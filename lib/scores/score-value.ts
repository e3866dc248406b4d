import { z } from "zod";

const scoreValueSchema = z.union([z.string(), z.number(), z.boolean()]);
export type ScoreValue = z.infer<typeof scoreValueSchema>;

/** A score as it was stored. */
export function requireScoreValue(stored: unknown): ScoreValue {
  return scoreValueSchema.parse(stored);
}
