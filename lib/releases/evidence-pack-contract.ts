import { z } from "zod";
import { personSummarySchema } from "../access/contract";
import { checkpointSchema } from "../audit/checkpoint";
import { auditEntrySchema } from "../audit/contract";
import { segmentDocumentSchema } from "../segments/document";
import { commentSchema } from "../versions/comment-contract";
import { evidenceSchema, givenVerdictSchema } from "../versions/contract";
import { quorumSchema } from "../versions/quorum";
import { reviewBasisSchema } from "../versions/review-basis";
import { releaseSchema } from "./contract";

export const packFormat = "steward-evidence-pack/1";

const packBasisSchema = reviewBasisSchema.omit({ impact: true });

export const packedVerdictSchema = givenVerdictSchema.extend({
  /** What it stood on besides the content. */
  basis: packBasisSchema.nullable(),
  via: z.string(),
  voided: z.object({ reason: z.string(), at: z.iso.datetime() }).nullable(),
});
export type PackedVerdict = z.infer<typeof packedVerdictSchema>;

/**
 * Everything that proves one release. Customers' numbers are rounded for whoever asked for it, and what stands in the
 * audit is masked as there.
 */
export const evidencePackSchema = z.object({
  format: z.literal(packFormat),
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
  release: releaseSchema,
  version: z.object({
    id: z.string(),
    number: z.int(),
    reviewCycle: z.int(),
    contentHash: z.string(),
    /** Null where the version has other content by now than what was released. */
    document: segmentDocumentSchema.nullable(),
    author: personSummarySchema,
    contributors: z.array(personSummarySchema),
  }),
  /** The submit that led to it; null for content that was never submitted. */
  request: z.object({ by: z.string(), at: z.iso.datetime(), note: z.string() }).nullable(),
  /** Of every round, oldest first. */
  verdicts: z.array(packedVerdictSchema),
  /** What was asked for and whose verdicts filled it; null where nothing was. */
  quorum: quorumSchema.nullable(),
  /** With the findings that there were, as it was frozen at the submit. */
  evidence: evidenceSchema.omit({ basis: true }).extend({ basis: packBasisSchema.optional() }).nullable(),
  comments: z.array(commentSchema),
  /** What consumers said about having it; empty as long as none says so. */
  receipts: z.array(z.never()),
  /** The entries that concern the version and the release, oldest first. */
  audit: z.array(auditEntrySchema),
  /** The first checkpoint of the last of these entries or a later one; null while there is none. */
  checkpoint: checkpointSchema.nullable(),
});
export type EvidencePack = z.infer<typeof evidencePackSchema>;

/** `signature` is a JWS (EdDSA) without its payload, which is the canonical JSON (RFC 8785) of all the rest. */
export const signedEvidencePackSchema = evidencePackSchema.extend({ signature: z.string() });
export type SignedEvidencePack = z.infer<typeof signedEvidencePackSchema>;
