import { z } from "zod";
import { keySchema } from "../catalogue/definition";
import { readFormats } from "../rules/formats";
import { alertKinds } from "./alert-changes";
import { deliveries, lagStates } from "./lag";

export const keyRights = ["definitions", "members", "customers", "receipts", "ingest"] as const;

/** How far a key's readers are behind what was released. */
export const keyLagSchema = z.object({
  state: z.enum(lagStates),
  /** How long a release may take to be active. */
  targetSeconds: z.int(),
  /** What its slowest instance serves, of how many that were heard of; null without receipts. */
  activated: z.object({ revision: z.int(), at: z.iso.datetime(), instances: z.int() }).nullable(),
  /** False where an instance serves other bytes than were sent; null where nobody knows. */
  matches: z.boolean().nullable(),
  /** The releases that it lacks, since the oldest of them. */
  behind: z.object({ releases: z.int(), since: z.iso.datetime(), seconds: z.number() }).nullable(),
  refusal: z.object({ revision: z.int(), at: z.iso.datetime(), instance: z.string(), reason: z.string() }).nullable(),
});
export type KeyLag = z.infer<typeof keyLagSchema>;

export const consumerAlertSchema = z.object({
  environment: z.string(),
  kind: z.enum(alertKinds),
  revision: z.int(),
  detail: z.string(),
  raisedAt: z.iso.datetime(),
});

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
  /** When it ends by itself, as another was made in its place. */
  expiresAt: z.iso.datetime().nullable(),
  /** The id of the key in whose place it was made. */
  replaces: z.string().nullable(),
  lastPulledAt: z.iso.datetime().nullable(),
  lastPulledRevision: z.int().nullable(),
  /** Null for one that cannot lag: it ended, another took its place, or it only asks. */
  lag: keyLagSchema.nullable(),
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
  delivery: z.enum(deliveries),
  /** How often one that polls does. */
  pollSeconds: z.int(),
  createdAt: z.iso.datetime(),
  /** What its people were told and what still is so. */
  alerts: z.array(consumerAlertSchema),
  keys: z.array(consumerKeySchema),
});
export type ConsumerItem = z.infer<typeof consumerSchema>;
export const consumerListSchema = z.object({
  items: z.array(consumerSchema),
  total: z.int(),
  /** The newest releases: whoever has pulled these is served what there is. */
  heads: z.array(z.object({ environment: z.string(), revision: z.int() })),
});

const pollSecondsSchema = z.int().min(1, "Give a second at least.").max(86_400, "Give a day at most.");

export const createConsumerSchema = z.strictObject({
  key: keySchema,
  name: z.string().trim().min(1).max(120),
  description: z.string().max(2_000).default(""),
  team: keySchema.optional(),
  format: z.enum(readFormats).default("tree"),
  location: keySchema.nullish(),
  /** Polling once a minute unless said. */
  delivery: z.enum(deliveries).optional(),
  pollSeconds: pollSecondsSchema.optional(),
});
export const createdConsumerSchema = z.object({ consumer: consumerSchema });

export const updateConsumerSchema = z.strictObject({
  ...createConsumerSchema.pick({ name: true }).shape,
  description: z.string().max(2_000),
  team: keySchema.nullable(),
  format: z.enum(readFormats),
  /** Left out, these stay. */
  location: keySchema.nullish(),
  delivery: z.enum(deliveries).optional(),
  pollSeconds: pollSecondsSchema.optional(),
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

export const rotateKeySchema = z.strictObject({
  /** For so many hours both keys are good. */
  overlapHours: z.int().min(0).max(168, "Give a week at most.").default(24),
});
