import { z } from "zod";

/** A key that signs the feed's heads, without anything of its private part. */
export const feedKeySchema = z.object({
  /** The thumbprint of RFC 7638: the `kid` of what it signs. */
  id: z.string(),
  /** `next` is published and signs soon, `known` signed until another did, `gone` is not published any more. */
  state: z.enum(["signs", "next", "known", "gone"]),
  createdAt: z.iso.datetime(),
  signsFrom: z.iso.datetime(),
  /** Null while none comes after it. */
  knownUntil: z.iso.datetime().nullable(),
});
export type FeedKeyItem = z.infer<typeof feedKeySchema>;

/** The newest first. */
export const feedKeyListSchema = z.object({ items: z.array(feedKeySchema), total: z.int() });

export const rotatedFeedKeySchema = z.object({ key: feedKeySchema });
