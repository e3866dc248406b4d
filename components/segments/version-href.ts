import type { VersionSummary } from "@/lib/versions/contract";
import { isOpen } from "@/lib/versions/state";

/** What was never submitted is in the editor, everything else has a review. */
export function versionHref(
  segmentKey: string,
  { id, state, submittedAt }: Pick<VersionSummary, "id" | "state" | "submittedAt">,
): string {
  return isOpen(state) && submittedAt === null ? `/segments/${segmentKey}/draft` : `/reviews/${id}`;
}
