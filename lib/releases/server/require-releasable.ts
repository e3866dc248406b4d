import type { Catalogue } from "../../catalogue/definition";
import { DomainError } from "../../errors";
import { isBlocking } from "../../findings";
import { checkDocument } from "../../segments/check-document";
import type { SegmentDocument } from "../../segments/document";

/**
 * The document's own gates again, against the catalogue and the instant of the release: throws all that is in the way
 * at once. Gives the document with its rule as it is counted and served.
 */
export function requireReleasable(document: unknown, catalogue: Catalogue, now: Date): SegmentDocument {
  const checked = checkDocument(document, catalogue, now.getTime());
  if (checked.document && !checked.findings.some(isBlocking)) return checked.document;
  throw new DomainError("blocked", "Findings are in the way.", { reason: "blocked", findings: checked.findings });
}
