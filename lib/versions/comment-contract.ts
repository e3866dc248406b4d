import { z } from "zod";
import { personSummarySchema } from "../access/contract";

/** A place in the document, as findings name it ("definition.rule.all[2]", "treatments"), and how it read then. */
export const anchorSchema = z.strictObject({
  path: z.string().min(1).max(500),
  text: z.string().max(2_000),
});
export type Anchor = z.infer<typeof anchorSchema>;

export const commentSchema = z.object({
  id: z.string(),
  /** Of the comment that it answers; null where it begins a thread. */
  parentId: z.string().nullable(),
  person: personSummarySchema,
  body: z.string(),
  anchor: anchorSchema.nullable(),
  /** Of the content that it was said about. */
  contentHash: z.string(),
  createdAt: z.iso.datetime(),
  /** Of the thread: what was asked is settled. */
  resolvedAt: z.iso.datetime().nullable(),
  resolvedBy: z.string().nullable(),
});
export type Comment = z.infer<typeof commentSchema>;
export const commentListSchema = z.object({ items: z.array(commentSchema) });

/** An answer stands where its thread does, so it names no place. */
export const addCommentSchema = z.union([
  z.strictObject({ body: bodySchema(), anchor: anchorSchema.optional() }),
  z.strictObject({ body: bodySchema(), parentId: z.string() }),
]);
export const addedCommentSchema = z.object({ comment: commentSchema });
export const resolveCommentSchema = z.strictObject({ resolved: z.boolean() });

function bodySchema() {
  return z.string().trim().min(1, "Say something.").max(5_000);
}

/** `GET /api/v1/versions/{id}/pulse`: whether somebody did something since, cheap enough to ask every few seconds. */
export const pulseSchema = z.object({
  /** Changes with everything that a review shows but the customers' numbers. */
  stamp: z.string(),
  state: z.string(),
  contentHash: z.string(),
  reviewCycle: z.int(),
  /** Who wrote last, and when. */
  lastEdit: z.object({ person: personSummarySchema, at: z.iso.datetime() }).nullable(),
});
export type Pulse = z.infer<typeof pulseSchema>;
