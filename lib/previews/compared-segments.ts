import type { Artefact } from "../guards/artefact";

/** A segment that is live, with its members when they were last counted. */
export type LiveSegment = { readonly artefact: Artefact; readonly members: number };

/** A live segment with which a document was compared. */
export type ComparedSegment = LiveSegment & {
  /** Members of the document who are members of the segment too. */
  readonly both: number;
};

export type Comparison = {
  /** How many segments there were to compare with. */
  readonly live: number;
  readonly compared: readonly ComparedSegment[];
};
