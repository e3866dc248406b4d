import { z } from "zod";
import { rejectCodes } from "./reject";

export const mostRejectsTold = 1_000;

/** What a call of ingest answers, once everything that it took is kept. */
export const ingestAnswerSchema = z.object({
  /** Lines taken over, with those that were known already. */
  accepted: z.int(),
  /** Of these, events and statements that were known already: they count once. */
  repeated: z.int(),
  /** By line, the first 1,000. */
  rejected: z.array(z.object({ line: z.int(), code: z.enum(rejectCodes), message: z.string() })),
  /** All of them, told or not. */
  rejectedTotal: z.int(),
});
export type IngestAnswer = z.infer<typeof ingestAnswerSchema>;
