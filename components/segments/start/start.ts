import type { ReadUpload } from "@/lib/lists/read-upload";
import { blankDocument, clonedDocument, type NewSegment } from "@/lib/segments/blank-document";
import type { SegmentDocument } from "@/lib/segments/document";
import type { SegmentTemplate } from "@/lib/segments/templates";

/** Customer ids as they were pasted or read from a file; `text` is what an upload takes, `read` what of it is taken. */
export type GivenIds = { readonly text: string; readonly read: ReadUpload };

/** What a new segment starts from, complete. */
export type Start =
  | { readonly kind: "blank" }
  | { readonly kind: "template"; readonly template: SegmentTemplate }
  | { readonly kind: "clone"; readonly original: SegmentDocument }
  | ({ readonly kind: "ids" } & GivenIds);

/** What the form says until its reader types something else. */
export function suggestedBy(start: Start | null): Partial<NewSegment> {
  switch (start?.kind) {
    case "template": {
      const { name, description, purposes = [] } = start.template;
      return { name, description, purposes: [...purposes] };
    }
    case "clone": {
      const { name, description, criticality, purposes, regions } = start.original;
      return { name: `Copy of ${name}`.slice(0, 120), description, criticality, purposes, regions };
    }
    default:
      return {};
  }
}

/** From ids, the rule refers to the list of the same key as the segment. */
export function documentOf(values: NewSegment, start: Start): SegmentDocument {
  switch (start.kind) {
    case "blank":
      return blankDocument(values);
    case "template":
      return blankDocument(values, start.template.rule);
    case "clone":
      return clonedDocument(start.original, values);
    case "ids":
      return blankDocument(values, { list: values.key, operator: "listed" });
  }
}
