"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCan } from "@/components/layout/viewer";
import { ErrorLine } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { KeyText } from "@/components/ui/mono";
import { PageHeader } from "@/components/ui/page-header";
import { StatePill } from "@/components/ui/state-glyph";
import { earlierReleases } from "@/lib/releases/earlier-releases";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import { openDraft } from "@/lib/versions/mutations";
import { RollBackDialog } from "./roll-back-dialog";
import { SegmentActions } from "./segment-actions";
import { standingWords } from "./standing-label";

/** The segment's name, where production has it, and what the one who looks may do. */
export function SegmentHeader({ overview }: { readonly overview: SegmentOverview }) {
  const { segment, standings } = overview;
  const production = standings.find((standing) => standing.environment === "production") ?? standings.at(-1);
  const words = standingWords(production);
  return (
    <PageHeader
      divided
      title={segment.name}
      state={
        <StatePill state={words.glyph} share={words.share}>
          {words.text}
        </StatePill>
      }
      subtitle={
        <>
          <KeyText>{segment.key}</KeyText>
          {segment.description && ` · ${segment.description}`}
        </>
      }
      actions={
        <>
          <RollBack overview={overview} />
          <OpenVersion overview={overview} />
          <SegmentActions overview={overview} />
        </>
      }
    />
  );
}

/** In the open, as whoever needs it is in a hurry: this, a reason, and that is it. */
function RollBack({ overview }: { readonly overview: SegmentOverview }) {
  const mayRollBack = useCan("segment.rollback");
  const [opened, dialog] = useDisclosure(false);
  const canGoBack = Object.keys(overview.live).some((key) => earlierReleases(overview.releases, key).length > 0);
  if (!mayRollBack || !canGoBack) return null;
  return (
    <>
      <Button onClick={dialog.open}>Roll back…</Button>
      {opened && <RollBackDialog overview={overview} onClose={dialog.close} />}
    </>
  );
}

function OpenVersion({ overview }: { readonly overview: SegmentOverview }) {
  const router = useRouter();
  const mayWrite = useCan("segment.write");
  const { segment, draft } = overview;
  const address = `/segments/${segment.key}/draft`;
  const { mutate, isPending, error } = useMutation(openDraft);
  if (draft?.state === "in_review" || draft?.state === "approved")
    return (
      <LinkButton href={`/reviews/${draft.id}`} variant="filled">
        {draft.state === "approved" ? "Open approved" : "Open the review of"} v{draft.number}
      </LinkButton>
    );
  if (draft)
    return (
      <LinkButton href={address} variant="filled">
        Open draft v{draft.number}
      </LinkButton>
    );
  if (!mayWrite) return null;
  return (
    <>
      <ErrorLine error={error} />
      <Button
        variant="filled"
        loading={isPending}
        onClick={() => mutate({ key: segment.key }, { onSuccess: () => router.push(address) })}
      >
        Edit
      </Button>
    </>
  );
}
