import { z } from "zod";
import { keySchema, newKeySchema } from "../catalogue/definition";
import { labelPolicyContentSchema } from "../guards/label-policy";
import { transferContentSchema } from "../guards/transfer-rule";
import { changedBySchema, reasonSchema, waitingSchema } from "./contract";

export const proposeLabelPolicySchema = labelPolicyContentSchema.safeExtend({ reason: reasonSchema });
export const proposeNewLabelPolicySchema = proposeLabelPolicySchema.safeExtend({ key: newKeySchema });

/** When something that two people decide on was changed last, by whom, and what is proposed of it. */
const standing = { updatedAt: z.iso.datetime(), changedBy: changedBySchema, pending: z.array(waitingSchema) };
const proposedSchema = waitingSchema.extend({ key: z.string(), name: z.string() });

export const labelPolicyItemSchema = labelPolicyContentSchema.safeExtend({ key: z.string(), ...standing });
export type LabelPolicyItem = z.output<typeof labelPolicyItemSchema>;
export const labelPolicyListSchema = z.object({
  items: z.array(labelPolicyItemSchema),
  /** Proposed and not there yet. */
  proposed: z.array(proposedSchema),
});

export const proposeTransferSchema = transferContentSchema.extend({
  from: keySchema,
  to: keySchema,
  reason: reasonSchema,
});

const { ground, note } = transferContentSchema.shape;
export const transferItemSchema = z.object({ from: z.string(), to: z.string(), ground, note, ...standing });
export type TransferItem = z.output<typeof transferItemSchema>;
export const transferListSchema = z.object({ items: z.array(transferItemSchema), proposed: z.array(proposedSchema) });
