import type { Version } from "./contract";

/** Into which draft a change goes that is begun elsewhere than in the editor; `why` not, in words. */
export type DraftToChange =
  | { readonly kind: "new" }
  | { readonly kind: "open"; readonly version: Version }
  | { readonly kind: "none"; readonly version: Version; readonly why: string };

/** A new one, or the one that the person has written in and still writes: nobody's draft changes behind their back. */
export function draftToChange(open: Version | undefined, personId: string): DraftToChange {
  if (!open) return { kind: "new" };
  const { number, state, author, contributors } = open;
  if (state !== "draft" && state !== "changes_requested") {
    const where = state === "approved" ? "approved and not released yet" : "under review";
    return { kind: "none", version: open, why: `Version ${number} is ${where}: release or withdraw it first.` };
  }
  if ([author, ...contributors].some(({ id }) => id === personId)) return { kind: "open", version: open };
  return { kind: "none", version: open, why: `${author.name} has version ${number} open: change it there, together.` };
}
