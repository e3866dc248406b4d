import { z } from "zod";
import { personSummarySchema } from "../access/contract";
import { newKeySchema } from "../catalogue/definition";
import { listBounds, uploadModes } from "./definition";

/** Numbers of customers are rounded down to the minimum cell for people who may not look customers up. */
export const listItemSchema = z.object({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  /** 0 before the first upload: nobody is on the list then. */
  version: z.int(),
  size: z.int(),
  updatedAt: z.iso.datetime(),
  /** How many segments refer to it, by what is live of them, or newest. */
  segments: z.int(),
});
export type ListItem = z.infer<typeof listItemSchema>;

export const listOverviewSchema = listItemSchema.extend({
  uploadedBy: personSummarySchema.nullable(),
  /** Customers whose entry expires within the next 30 days. */
  expiringSoon: z.int(),
});
export type ListOverview = z.infer<typeof listOverviewSchema>;
export const listListSchema = z.object({ items: z.array(listOverviewSchema), total: z.int() });

export const createListSchema = z.strictObject({
  key: newKeySchema,
  name: z.string().trim().min(1, "A list has a name.").max(120),
  description: z.string().max(2_000).default(""),
});
export const createdListSchema = z.object({ list: listItemSchema });

export const listVersionSchema = z.object({
  number: z.int(),
  mode: z.enum(uploadModes),
  size: z.int(),
  note: z.string(),
  createdBy: personSummarySchema,
  createdAt: z.iso.datetime(),
});
export type ListVersion = z.infer<typeof listVersionSchema>;

const versionNumber = z.coerce.number().int().min(0).max(2_147_483_647);

/** The two versions to compare; without them the newest is compared with the one before. Version 0 is empty. */
export const managedListQuerySchema = z.object({ from: versionNumber.optional(), to: versionNumber.optional() });
export const managedListSchema = z.object({
  list: listOverviewSchema,
  /** Newest first. */
  versions: z.array(listVersionSchema),
  difference: z
    .object({
      from: z.int(),
      to: z.int(),
      added: z.int(),
      removed: z.int(),
      /** On both, with another expiry. */
      changed: z.int(),
    })
    .nullable(),
  /** Segments that refer to it, with the version that each environment serves of the list as a part of them. */
  segments: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      serves: z.array(z.object({ environment: z.string(), listVersion: z.int() })),
    }),
  ),
});
export type ManagedList = z.infer<typeof managedListSchema>;

/** For people who may look customers up. `version` is the newest when left out; `query` is how an id begins. */
export const listEntriesQuerySchema = z.object({
  version: versionNumber.optional(),
  query: z.string().max(listBounds.idLength).default(""),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(500).default(50),
});
export const exportListQuerySchema = listEntriesQuerySchema.pick({ version: true });
export const listEntrySchema = z.object({ customerId: z.string(), expiresAt: z.iso.datetime().nullable() });
export type ListEntry = z.infer<typeof listEntrySchema>;
export const listEntriesSchema = z.object({
  version: z.int(),
  items: z.array(listEntrySchema),
  total: z.int(),
});

/** How an upload is meant, in the body beside entries or text, or in the query where the body is the text itself. */
const uploadTerms = {
  mode: z.enum(uploadModes).optional(),
  /** The version that the list had when the upload was prepared; 0 for a list without any. */
  basedOn: z.int().min(0).optional(),
  note: z.string().trim().max(2_000).optional(),
};
export const uploadQuerySchema = z.object({ ...uploadTerms, basedOn: versionNumber.optional() });

/**
 * One of `entries`, each `{ customerId, expiresAt? }`, and `text`: an id on each line, or columns `id,expires_at` with
 * a header. What one of them says wrong is told in the answer and costs no other.
 */
export const uploadListSchema = z.strictObject({
  ...uploadTerms,
  entries: z.array(z.unknown()).optional(),
  text: z.string().optional(),
});
export type UploadList = z.infer<typeof uploadListSchema>;

export const uploadRejectSchema = z.object({
  /** Of the text, or the number of the entry; from 1. */
  line: z.int(),
  message: z.string(),
  resolution: z.string(),
});
export type UploadReject = z.infer<typeof uploadRejectSchema>;

/** What an upload would change, counted before it is made. */
export const uploadPreviewSchema = z.object({
  /** The version that it was compared with, for `basedOn`. */
  from: z.int(),
  added: z.int(),
  removed: z.int(),
  kept: z.int(),
  /** Of those kept, who would get another expiry. */
  changed: z.int(),
  /** Customers on the list afterwards. */
  size: z.int(),
});
export type UploadPreview = z.infer<typeof uploadPreviewSchema>;

export const uploadedListSchema = z.object({
  list: listItemSchema,
  /** False where the list held just that already: no version was made. */
  changed: z.boolean(),
  /** Entries taken over, each customer once. */
  accepted: z.int(),
  /** Entries that another of the same customer, further down, took the place of. */
  repeated: z.int(),
  rejected: z.int(),
  /** The first of them. */
  rejects: z.array(uploadRejectSchema),
});
export type UploadedList = z.infer<typeof uploadedListSchema>;
