"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import { type GovernedChange, withChange } from "@/lib/segments/governed-change";
import type { DraftToChange } from "@/lib/versions/draft-to-change";
import { openDraft, saveDraft } from "@/lib/versions/mutations";

/** Makes a change in a draft, a new one where none is open, and goes to the editor, where it is looked at and submitted. */
export function useMakeChange({ segment: { key } }: SegmentOverview, draft: DraftToChange) {
  const router = useRouter();
  const opening = useMutation(openDraft);
  const saving = useMutation(saveDraft);
  const open = () => router.push(`/segments/${key}/draft`);
  function make(change: GovernedChange): void {
    if (draft.kind === "none") return;
    const save = ({ document, draftRevision }: Extract<DraftToChange, { kind: "open" }>["version"]) =>
      saving.mutate({ key, document: withChange(document, change), basedOn: draftRevision }, { onSuccess: open });
    if (draft.kind === "open") save(draft.version);
    else opening.mutate({ key }, { onSuccess: ({ version }) => save(version) });
  }
  return { make, isPending: opening.isPending || saving.isPending, error: opening.error ?? saving.error };
}
