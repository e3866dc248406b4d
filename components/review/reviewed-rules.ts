import type { Rule } from "@/lib/rules/definition";
import { withPinnedVersions } from "@/lib/rules/pinned-versions";
import { referencesAs } from "@/lib/segments/reference-names";
import type { Review } from "@/lib/versions/contract";
import { isOpen } from "@/lib/versions/state";

export type ReviewedRules = { readonly before: Rule | undefined; readonly after: Rule };

/**
 * The rule that is live and the one that is reviewed, each reference with the version that it stands for: what is live
 * stands on what its release pinned, what may be released on the newest. What an old version stood on is not told, and
 * then neither side says it.
 */
export function reviewedRules({ live, version, references }: Review): ReviewedRules {
  const pinned = referencesAs("pinned", references);
  const now = version.id === live?.id ? pinned : isOpen(version.state) ? referencesAs("newest", references) : null;
  return {
    before: live ? withPinnedVersions(live.document.definition.rule, now ? pinned : []) : undefined,
    after: withPinnedVersions(version.document.definition.rule, now ?? []),
  };
}
