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

/** A document to begin with: a rule without conditions, which is for the editor to fill. Throws on what is no document. */
export function blankDocument({ team, person, ...values }: NewSegment): SegmentDocument {
  return segmentDocumentSchema.parse({ ...values, owner: { team, person }, definition: { rule: { all: [] } } });
}
