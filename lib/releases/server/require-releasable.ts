import { DomainError } from "../../errors";
import { checkGuarded, type HousePolicies } from "../../guards/check-guarded";
import type { DocumentVocabulary } from "../../rules/vocabulary";
import { soundDocument } from "../../segments/check-document";
import type { SegmentDocument } from "../../segments/document";

/**
 * The document's own gates again, against what there is at the instant of the release: throws all that is in the way
 * at once. Gives the document with its rule as it is counted and served.
 */
export function requireReleasable(
  document: unknown,
  vocabulary: DocumentVocabulary & HousePolicies,
  now: Date,
): SegmentDocument {
  const checked = checkGuarded(document, vocabulary, now.getTime());
  const sound = soundDocument(checked);
  if (sound) return sound;
  throw new DomainError("blocked", "Findings are in the way.", { reason: "blocked", findings: checked.findings });
}
