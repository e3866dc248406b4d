import type { DocumentStanding, SegmentDocument } from "./document";

/** Changes that a segment's own page begins, each for a draft that is reviewed like any other. */
export const changeKinds = ["rename", "reown", "deprecate", "archive", "restore"] as const;
export type ChangeKind = (typeof changeKinds)[number];

export type GovernedChange =
  | { readonly kind: "rename"; readonly name: string }
  | { readonly kind: "reown"; readonly owner: NonNullable<SegmentDocument["owner"]> }
  | ({ readonly kind: "deprecate" | "archive" } & Omit<DocumentStanding, "state">)
  | { readonly kind: "restore" };

/** What can be done with a document that stands where it stands: an archived one can only come back. */
export function changesOf({ standing }: Pick<SegmentDocument, "standing">): readonly ChangeKind[] {
  if (!standing) return ["rename", "reown", "deprecate", "archive"];
  return standing.state === "deprecated" ? changeKinds : ["restore"];
}

/** The document with the change made; all else stays. */
export function withChange(document: SegmentDocument, change: GovernedChange): SegmentDocument {
  switch (change.kind) {
    case "rename":
      return { ...document, name: change.name };
    case "reown":
      return { ...document, owner: change.owner };
    case "deprecate":
      return { ...document, standing: standingOf("deprecated", change) };
    case "archive":
      return { ...document, standing: standingOf("archived", change) };
    case "restore": {
      const { standing: _, ...rest } = document;
      return rest;
    }
  }
}

function standingOf(
  state: DocumentStanding["state"],
  { notice, removalAt, replacement }: Omit<DocumentStanding, "state">,
): DocumentStanding {
  return { state, notice, ...(removalAt && { removalAt }), ...(replacement && { replacement }) };
}
