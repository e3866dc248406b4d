import { type Finding, isBlocking } from "../findings";
import type { DocumentCheck } from "../segments/check-document";

/**
 * What keeps a document from being counted; empty when nothing does. Counting needs a sound rule: a document without
 * an owner, say, is counted all the same.
 */
export function obstaclesToCounting({ document, findings }: DocumentCheck): readonly Finding[] {
  if (!document) return findings;
  return findings.filter((finding) => isBlocking(finding) && finding.path.startsWith("definition.rule"));
}
