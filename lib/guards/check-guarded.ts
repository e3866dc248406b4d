import type { DocumentVocabulary } from "../rules/vocabulary";
import { checkDocument, type DocumentCheck } from "../segments/check-document";
import { labelledUse } from "./carried-labels";
import { labelFindings } from "./label-findings";
import type { LabelPolicy } from "./label-policy";
import { afterWaivers, type Waiver } from "./waiver";

/** What the house has decided beside the catalogue. */
export type HousePolicies = { readonly labelPolicies: readonly LabelPolicy[]; readonly waivers: readonly Waiver[] };

/** All of `checkDocument`, and what label policies say of it; what is waived is a note. `asOf` is in milliseconds. */
export function checkGuarded(
  input: unknown,
  vocabulary: DocumentVocabulary & HousePolicies,
  asOf: number,
): DocumentCheck {
  const checked = checkDocument(input, vocabulary, asOf);
  if (!checked.document) return checked;
  const labels = labelFindings(labelledUse(checked.document, vocabulary), vocabulary.labelPolicies);
  const waiving = { segment: checked.document.key, now: asOf };
  return { ...checked, findings: afterWaivers([...checked.findings, ...labels], vocabulary.waivers, waiving) };
}
