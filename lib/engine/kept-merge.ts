import { z } from "zod";
import { consentStates } from "./customer-records";
import type { KeptMerge } from "./merged-customer";

const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const profileSchema = z.object({
  id: z.string(),
  region: z.string().exactOptional(),
  consents: z.array(z.string()),
  objections: z.array(z.string()),
  attributes: z.record(z.string(), valueSchema),
});
const statementSchema = z.object({
  customerId: z.string(),
  purpose: z.string(),
  state: z.enum(consentStates),
  at: z.int(),
  source: z.string(),
  text: z.string().exactOptional(),
});
const customerSchema = z.object({ profile: profileSchema, statements: z.array(statementSchema) });
const identitySchema = z.object({ namespace: z.string(), value: z.string(), customerId: z.string() });

const keptMergeSchema = z.object({
  from: customerSchema.extend({ identities: z.array(identitySchema) }),
  into: customerSchema,
  merged: customerSchema,
  events: z.record(z.string(), z.array(z.string())),
}) satisfies z.ZodType<KeptMerge>;

/** From the JSON that is stored of it. */
export function readKeptMerge(text: string): KeptMerge {
  return keptMergeSchema.parse(JSON.parse(text));
}
