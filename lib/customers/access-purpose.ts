import { z } from "zod";
import type { Actor } from "../access/actor";
import { can } from "../access/permissions";

/** Why somebody needs personal values in plain sight. The list is closed: the audit is counted by it. */
export const accessPurposes = [
  "support_request",
  "complaint",
  "fraud_check",
  "legal_duty",
  "data_subject_request",
] as const;
export type AccessPurpose = (typeof accessPurposes)[number];

export const accessPurposeNames = {
  support_request: "Support request",
  complaint: "Complaint",
  fraud_check: "Fraud check",
  legal_duty: "Legal duty",
  data_subject_request: "Data subject request",
} as const satisfies Record<AccessPurpose, string>;

export const accessSchema = z.object({
  purpose: z.enum(accessPurposes, `An access purpose is one of ${accessPurposes.join(", ")}.`),
  /** A ticket or a file number. */
  reference: z.string().trim().max(120, "A reference has at most 120 characters.").default(""),
});
export type Access = z.output<typeof accessSchema>;

/** The same in an address. */
export const accessQuerySchema = z.object({
  /** Personal values are shown to who may see them and says what for. */
  accessPurpose: accessSchema.shape.purpose.optional(),
  accessReference: accessSchema.shape.reference,
});

export function accessOf({ accessPurpose, accessReference }: z.output<typeof accessQuerySchema>): Access | null {
  return accessPurpose ? { purpose: accessPurpose, reference: accessReference } : null;
}

/** As what an actor sees values: without a purpose, as somebody to whom personal ones are covered. */
export function viewerWith(actor: Pick<Actor, "roles">, access: Access | null): Pick<Actor, "roles"> {
  return access && can(actor, "customer.unmask") ? actor : { roles: [] };
}
