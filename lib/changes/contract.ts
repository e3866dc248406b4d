import { z } from "zod";
import { newPersonSchema, personSummarySchema } from "../access/contract";
import { newKeySchema } from "../catalogue/definition";
import { findingSchema } from "../findings";
import { approvalPolicySchema, policyContentSchema } from "../versions/approval-policy";
import { possibleSchema } from "../versions/contract";
import { changeKindNames } from "./change-kinds";
import { changeStates } from "./change-rules";

export const reasonSchema = z.string().trim().min(1, "Say why: who decides reads it first.").max(2_000);

export const proposeChangeSchema = z.strictObject({
  kind: z.enum(changeKindNames),
  /** A policy's, attribute's, purpose's, region's or environment's key; a person's or freeze's id; "eu>us". */
  subjectId: z.string().min(1).max(200),
  /** All that it is to be, as the kind says. */
  after: z.unknown(),
  reason: reasonSchema,
});
export type ProposeChangeInput = z.output<typeof proposeChangeSchema>;

export const decideChangeSchema = z.strictObject({
  decision: z.enum(["apply", "reject"]),
  comment: z.string().trim().max(2_000).default(""),
  /** `seen` of the change that was looked at. */
  seen: z.string(),
});

export const changeQuerySchema = z.object({
  state: z.enum(changeStates).optional(),
  kind: z.enum(changeKindNames).optional(),
  /** "me": open ones that the one who asks may decide. */
  waiting: z.enum(["me", "all"]).default("all"),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
export type ChangeQuery = z.output<typeof changeQuerySchema>;

export const changeSchema = z.object({
  id: z.string(),
  number: z.int(),
  kind: z.enum(changeKindNames),
  subject: z.object({ id: z.string(), name: z.string() }),
  /** Null for something new. */
  before: z.unknown(),
  after: z.unknown(),
  /** What differs, in words. */
  lines: z.array(z.object({ label: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  reason: z.string(),
  state: z.enum(changeStates),
  /** `id` is null for the command line and the installation. */
  author: z.object({ id: z.string().nullable(), name: z.string() }),
  createdAt: z.iso.datetime(),
  decidedBy: personSummarySchema.nullable(),
  decidedAt: z.iso.datetime().nullable(),
  comment: z.string(),
  /** Names what is proposed: send it with a decision. */
  seen: z.string(),
  /** Worth knowing before it is applied. */
  findings: z.array(findingSchema),
  possible: z.object({ apply: possibleSchema, reject: possibleSchema, withdraw: possibleSchema }),
  /** Who may decide now; empty once it is decided. */
  deciders: z.array(personSummarySchema),
});
export type Change = z.output<typeof changeSchema>;

export const changeAnswerSchema = z.object({ change: changeSchema });
export const changeListSchema = z.object({ items: z.array(changeSchema), total: z.int() });

export const proposePolicySchema = policyContentSchema.extend({ reason: reasonSchema });
export const proposeNewPolicySchema = proposePolicySchema.extend({ key: newKeySchema });

/** The change that made something what it is. */
export const changedBySchema = z.object({ number: z.int(), author: z.string(), decidedBy: z.string().nullable() });
/** What is proposed and not decided yet. */
export const waitingSchema = z.object({ id: z.string(), number: z.int(), author: z.string() });

export const policyItemSchema = approvalPolicySchema.extend({
  key: z.string(),
  updatedAt: z.iso.datetime(),
  changedBy: changedBySchema,
  pending: z.array(waitingSchema),
});
export type PolicyItem = z.output<typeof policyItemSchema>;
export const policyListSchema = z.object({
  items: z.array(policyItemSchema),
  /** Proposed and not there yet. */
  proposed: z.array(waitingSchema.extend({ key: z.string(), name: z.string() })),
});

export const addPersonSchema = newPersonSchema;
export const addedPersonSchema = z.object({
  person: personSummarySchema,
  /** In this answer and nowhere else; null for single sign-on. */
  password: z.string().nullable(),
  /** Their roles: open until somebody else decides. */
  change: changeSchema,
});
