import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { type SegmentDocument, segmentDocumentSchema } from "./document";

/** SHA-256 in hex of the document's canonical JSON (RFC 8785), with defaults filled in: the name of what it means. */
export function contentHash(document: SegmentDocument): string {
  const json = canonicalize(segmentDocumentSchema.parse(document)) ?? "";
  return createHash("sha256").update(json, "utf8").digest("hex");
}
