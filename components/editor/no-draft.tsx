"use client";

import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { TopBar } from "@/components/layout/top-bar";
import { useCan } from "@/components/layout/viewer";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorLine } from "@/components/ui/error-state";
import { PageBody } from "@/components/ui/page-body";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import { openDraft } from "@/lib/versions/mutations";

/** Nothing is being changed: the way to begin. */
export function NoDraft({ overview }: { readonly overview: SegmentOverview }) {
  const mayWrite = useCan("segment.write");
  const { segment, shown } = overview;
  const { mutate, isPending, error } = useMutation(openDraft);
  return (
    <>
      <TopBar
        crumbs={[
          { label: "Segments", href: "/segments" },
          { label: segment.name, href: `/segments/${segment.key}` },
          { label: "Draft" },
        ]}
      />
      <PageBody>
        <EmptyState
          title="There is no draft"
          action={
            mayWrite && (
              <Button variant="filled" loading={isPending} onClick={() => mutate({ key: segment.key })}>
                Open a draft from v{shown.number}
              </Button>
            )
          }
        >
          {mayWrite
            ? "A draft starts with what is live. Nothing changes for anyone until it is reviewed and released."
            : "Authors open drafts; you may read the segment."}
          <ErrorLine error={error} />
        </EmptyState>
      </PageBody>
    </>
  );
}
