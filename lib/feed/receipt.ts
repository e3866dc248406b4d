import { z } from "zod";

/** Of one line, and such that a database takes it: no control characters, no halves of surrogate pairs. */
const line = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, "Give one line of plain text.");

const said = {
  /** `released` of the head: the revision of the bundle. */
  revision: z.int().min(0).max(2_147_483_647),
  /** Of the bundle before compression, as the head gives it. */
  digest: z
    .string()
    .regex(/^sha-256=:[A-Za-z0-9+/]{43}=:$/, 'Give it as the head does: "sha-256=:…:".')
    .optional(),
  /** How a reader tells itself from the others that pull with the same key. */
  instance: line(100).default(""),
  /** What reads, and in which version. */
  client: line(100).default(""),
};

/** What a reader says of a revision: that it serves it now, or that it does not take it, and why. */
export const receiptSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("activated"), ...said }),
  z.object({ state: z.literal("refused"), ...said, reason: line(500).min(1, "Say why.") }),
]);
export type Receipt = z.output<typeof receiptSchema>;

/** How many releases what the reader serves is behind. */
export const receiptAnswerSchema = z.object({ behind: z.int() });

export const receiptBytes = 4_096;
export const instancesOfKey = 1_000;
