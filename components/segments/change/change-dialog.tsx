"use client";

import { Alert, Stack } from "@mantine/core";
import { useState } from "react";
import { useViewer } from "@/components/layout/viewer";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { TextLink } from "@/components/ui/link-button";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import { isArchived } from "@/lib/segments/document";
import type { ChangeKind } from "@/lib/segments/governed-change";
import { type DraftToChange, draftToChange } from "@/lib/versions/draft-to-change";
import { begunChange, isReady } from "./begun-change";
import { ChangeFields } from "./change-fields";
import { effectOf } from "./effect-words";
import { useMakeChange } from "./use-make-change";

const titles = {
  rename: "Rename",
  reown: "Change the owner of",
  deprecate: "Deprecate",
  archive: "Archive",
  restore: "Restore",
} as const satisfies Record<ChangeKind, string>;

type ChangeDialogProps = {
  readonly overview: SegmentOverview;
  readonly kind: ChangeKind;
  readonly onClose: () => void;
};

/** Begins a change of the whole segment: says what it will do, then makes it in a draft, which is reviewed like every other. */
export function ChangeDialog({ overview, kind, onClose }: ChangeDialogProps) {
  const { segment, shown, referredToBy } = overview;
  const draft = draftToChange(overview.draft, useViewer().id);
  const document = draft.kind === "open" ? draft.version.document : shown.document;
  const [change, setChange] = useState(() => begunChange(kind, document));
  const { make, isPending, error } = useMakeChange(overview, draft);
  const isReferredTo = kind === "archive" && referredToBy.length > 0;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`${titles[kind]} ${segment.name}?`}
      confirm={draft.kind === "open" ? `Put it into draft v${draft.version.number}` : "Make a draft of it"}
      disabled={draft.kind === "none" || isReferredTo || !isReady(change, document)}
      pending={isPending}
      error={error}
      onConfirm={() => make(change)}
    >
      <Stack gap="md">
        <p>{effectOf(kind, reachedBy(overview))}</p>
        {isReferredTo && <Referrers referredToBy={referredToBy} />}
        {draft.kind === "none" ? (
          <OpenElsewhere draft={draft} />
        ) : (
          <>
            <ChangeFields change={change} onChange={setChange} segmentKey={segment.key} />
            <p>Nothing changes until the draft has been reviewed and released.</p>
          </>
        )}
      </Stack>
    </ConfirmDialog>
  );
}

function reachedBy({ segment, live, shown, consumers }: SegmentOverview) {
  const { production } = live;
  return {
    key: segment.key,
    members: production?.members ?? null,
    consumers: consumers.filter(({ environment }) => environment === "production").map(({ name }) => name),
    archived: production !== undefined && isArchived(shown.document),
  };
}

function Referrers({ referredToBy }: Pick<SegmentOverview, "referredToBy">) {
  return (
    <Alert color="red">
      Live segments refer to it. Release them without the reference first:{" "}
      {referredToBy.map(({ key, name }, index) => (
        <span key={key}>
          {index > 0 && ", "}
          <TextLink href={`/segments/${key}`}>{name}</TextLink>
        </span>
      ))}
    </Alert>
  );
}

function OpenElsewhere({ draft: { why, version } }: { readonly draft: Extract<DraftToChange, { kind: "none" }> }) {
  const href =
    version.state === "in_review" || version.state === "approved"
      ? `/reviews/${version.id}`
      : `/segments/${version.segmentKey}/draft`;
  return (
    <Alert color="amber">
      {why} <TextLink href={href}>Open v{version.number}</TextLink>
    </Alert>
  );
}
