import type { Rule } from "../rules/definition";
import { type Criticality, type SegmentDocument, segmentDocumentSchema } from "./document";

export type NewSegment = {
  readonly name: string;
  readonly key: string;
  readonly description: string;
  readonly criticality: Criticality;
  readonly team: string;
  readonly person: string;
  readonly purposes: string[];
  readonly regions: string[];
};

const noCondition: Rule = { all: [] };

/**
 * A document to begin with, its rule without conditions unless one is given, which is for the editor to fill. Throws on
 * what is no document.
 */
export function blankDocument({ team, person, ...values }: NewSegment, rule: Rule = noCondition): SegmentDocument {
  return segmentDocumentSchema.parse({ ...values, owner: { team, person }, definition: { rule } });
}

/**
 * What another document says, under a name and key of its own. References stay; its standing, versions and approvals do
 * not come along.
 */
export function clonedDocument(
  { standing: _, ...original }: SegmentDocument,
  { team, person, ...values }: NewSegment,
): SegmentDocument {
  return segmentDocumentSchema.parse({ ...original, ...values, owner: { team, person } });
}
