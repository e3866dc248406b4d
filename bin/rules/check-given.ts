import { type Finding, isBlocking } from "../../lib/findings";
import { checkRule } from "../../lib/rules/check";
import type { Rule } from "../../lib/rules/definition";
import type { DocumentVocabulary } from "../../lib/rules/vocabulary";
import { checkDocument, soundDocument } from "../../lib/segments/check-document";
import type { SegmentDocument } from "../../lib/segments/document";
import type { Given } from "./read-given";

export type Checked = {
  readonly findings: readonly Finding[];
  /** The checked rule; absent where something blocks. */
  readonly sound?: { readonly rule: Rule; readonly document?: SegmentDocument };
};

export function checkGiven({ kind, input }: Given, vocabulary: DocumentVocabulary, asOf: number): Checked {
  if (kind === "rule") {
    const check = checkRule(input, vocabulary);
    return check.ok ? { findings: check.findings, sound: { rule: check.rule } } : { findings: check.findings };
  }
  const check = checkDocument(input, vocabulary, asOf);
  const { findings } = check;
  const document = soundDocument(check);
  if (!document) return { findings };
  return { findings, sound: { rule: document.definition.rule, document } };
}

/** "all[2].value: The value "x" does not fit. (Give a finite number, as 12.5.)", what blocks first. */
export function findingLines(findings: readonly Finding[]): string[] {
  const ordered = [...findings.filter(isBlocking), ...findings.filter((finding) => !isBlocking(finding))];
  return ordered.map((finding) => {
    const { severity, path, message, resolution } = finding;
    return `${isBlocking(finding) ? "" : `${severity}: `}${path || "rule"}: ${message} (${resolution})`;
  });
}
