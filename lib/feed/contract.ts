import { z } from "zod";
import { keySchema } from "../catalogue/definition";
import { readFormats } from "../rules/formats";

export const keyRights = ["definitions", "members", "customers", "receipts", "ingest"] as const;

export const consumerKeySchema = z.object({
  id: z.string(),
  environment: z.string(),
  regions: z.array(z.string()),
  /** Those of its regions whose data may not go where the consumer runs: the key is told nothing of them. */
  regionsNotServed: z.array(z.string()),
  purposes: z.array(z.string()),
  rights: z.array(z.enum(keyRights)),
  hint: z.string(),
  createdAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
  lastPulledAt: z.iso.datetime().nullable(),
  lastPulledRevision: z.int().nullable(),
});
export type ConsumerKeyItem = z.infer<typeof consumerKeySchema>;

export const consumerSchema = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  description: z.string(),
  team: z.string().nullable(),
  /** What it reads rules as; what the format cannot say is not released to it. */
  format: z.enum(readFormats),
  /** The region in which it runs. */
  location: z.string().nullable(),
  createdAt: z.iso.datetime(),
  keys: z.array(consumerKeySchema),
});
export type ConsumerItem = z.infer<typeof consumerSchema>;
export const consumerListSchema = z.object({
  items: z.array(consumerSchema),
  total: z.int(),
  /** The newest releases: whoever has pulled these is served what there is. */
  heads: z.array(z.object({ environment: z.string(), revision: z.int() })),
});

export const createConsumerSchema = z.strictObject({
  key: keySchema,
  name: z.string().trim().min(1).max(120),
  description: z.string().max(2_000).default(""),
  team: keySchema.optional(),
  format: z.enum(readFormats).default("tree"),
  location: keySchema.nullish(),
});
export const createdConsumerSchema = z.object({ consumer: consumerSchema });

export const updateConsumerSchema = z.strictObject({
  ...createConsumerSchema.pick({ name: true }).shape,
  description: z.string().max(2_000),
  team: keySchema.nullable(),
  format: z.enum(readFormats),
  /** Left out, it stays. */
  location: keySchema.nullish(),
});
export const updatedConsumerSchema = z.object({ consumer: consumerSchema });

export const createKeySchema = z.strictObject({
  environment: keySchema,
  regions: z.array(keySchema).min(1, "Name at least one region.").max(64),
  purposes: z.array(keySchema).min(1, "Name at least one purpose.").max(64),
  rights: z.array(z.enum(keyRights)).min(1, "Name at least one right."),
});
/** `secret` is in this answer and nowhere else, ever. */
export const createdKeySchema = z.object({ key: consumerKeySchema, secret: z.string() });
export const revokedKeySchema = z.object({ key: consumerKeySchema });
