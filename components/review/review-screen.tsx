"use client";

import { ActionIcon } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRef, useState } from "react";
import { TopBar } from "@/components/layout/top-bar";
import { fieldNamesOf, useNames } from "@/components/layout/use-names";
import { ErrorState } from "@/components/ui/error-state";
import { FindingList } from "@/components/ui/finding-list";
import { TimeAgo } from "@/components/ui/instant";
import { LinkButton } from "@/components/ui/link-button";
import { HashText, Mono } from "@/components/ui/mono";
import { SplitBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { StatePill } from "@/components/ui/state-glyph";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { glyphOfVersion, wordsOfVersion } from "@/components/ui/version-state";
import { WaiverAction } from "@/components/ui/waiver-action";
import type { Catalogue } from "@/lib/catalogue/definition";
import { useCatalogue } from "@/lib/catalogue/use-catalogue";
import { referenceNames } from "@/lib/segments/reference-names";
import type { Anchor } from "@/lib/versions/comment-contract";
import type { Review } from "@/lib/versions/contract";
import { commentsQuery, reviewQuery } from "@/lib/versions/queries";
import { ApprovalsPanel, WhatVoids } from "./approvals-panel";
import { Conversation } from "./conversation";
import { EvidenceTable } from "./evidence-table";
import { GovernedFields } from "./governed-fields";
import { MovedBanner } from "./moved-banner";
import { PlaceContext } from "./place-context";
import { ReleaseForm } from "./release-form";
import styles from "./review.module.css";
import { reviewedRules } from "./reviewed-rules";
import { RuleDiff } from "./rule-diff";
import { openByPlace } from "./threads";
import { usePulse } from "./use-pulse";
import { useReviewSteps } from "./use-review-steps";
import { VerdictForm } from "./verdict-form";
import { WhatChanges } from "./what-changes";

/** Like a pull request: words, rule, fields, evidence, talk; at right who else, what worries, the verdict. */
export function ReviewScreen({ versionId }: { readonly versionId: string }) {
  const review = useQuery(reviewQuery(versionId));
  const { catalogue, error } = useCatalogue();
  const failed = review.error ?? error;
  return (
    <>
      <TopBar
        crumbs={[{ label: "Reviews", href: "/reviews" }, { label: review.data?.segment.name ?? "Review" }]}
        status={<Steps versionId={versionId} />}
      />
      {failed ? (
        <ErrorState error={failed} onRetry={() => review.refetch()} />
      ) : review.data && catalogue ? (
        <Loaded review={review.data} catalogue={catalogue} />
      ) : (
        <TableSkeleton rows={12} />
      )}
    </>
  );
}

function Loaded({ review, catalogue }: { readonly review: Review; readonly catalogue: Catalogue }) {
  const { version, live, segment } = review;
  const names = fieldNamesOf(useNames());
  const vocabulary = { ...catalogue, ...referenceNames(review.references) };
  const rules = reviewedRules(review);
  const titles = { before: `v${live?.number}, live`, after: `v${version.number}` };
  const seen = usePulse(version);
  const comments = useQuery(commentsQuery(version.id)).data?.items ?? [];
  const composer = useRef<HTMLTextAreaElement>(null);
  const [anchor, setAnchor] = useState<Anchor | null>(null);
  useHotkeys([["c", () => composer.current?.focus()]]);
  const begin = (place: Anchor) => {
    setAnchor(place);
    composer.current?.focus();
  };
  return (
    <PlaceContext value={{ open: openByPlace(comments), begin }}>
      <PageHeader
        divided
        title={version.note.split("\n")[0] || `${segment.name}, version ${version.number}`}
        state={<StatePill state={glyphOfVersion[version.state]}>{wordsOfVersion[version.state]}</StatePill>}
        subtitle={<Submitted review={review} />}
        actions={<LinkButton href={`/segments/${segment.key}`}>Open the segment</LinkButton>}
      />
      <SplitBody sideWidth={330} sideLabel="Approvals, findings and verdict" side={<SidePanel review={review} />}>
        <MovedBanner review={review} seen={seen} />
        <div className={styles.blocks}>
          <WhatChanges review={review} rules={rules} vocabulary={vocabulary} names={names} />
          <RuleDiff titles={titles} rules={rules} vocabulary={vocabulary} />
          <div className={styles.pair}>
            <GovernedFields before={live?.document ?? null} after={version.document} titles={titles} names={names} />
            {review.evidence && <EvidenceTable evidence={review.evidence} now={review.now} />}
          </div>
          <Conversation review={review} comments={comments} anchor={anchor} onAnchor={setAnchor} composer={composer} />
        </div>
      </SplitBody>
    </PlaceContext>
  );
}

function Submitted({ review }: { readonly review: Review }) {
  const { version, live, segment } = review;
  const { team } = version.author;
  const names = useNames();
  return (
    <span className={styles.submitted}>
      <b>{segment.name}</b>
      <Mono>
        {live ? `v${live.number} → ` : ""}v{version.number}
      </Mono>
      <span>
        {version.author.name}
        {team && `, ${names.teams.get(team) ?? team}`}
        {version.submittedAt && (
          <>
            , submitted <TimeAgo at={version.submittedAt} />
          </>
        )}
      </span>
      <span>cycle {version.reviewCycle}</span>
      <HashText hash={version.contentHash} />
    </span>
  );
}

function SidePanel({ review }: { readonly review: Review }) {
  const findings = (review.now ?? review.evidence?.preview)?.findings ?? [];
  return (
    <>
      <ApprovalsPanel review={review} />
      <Section title="Findings" variant="panel" count={findings.length}>
        <FindingList
          findings={findings}
          none="Nothing to worry about was found."
          action={(finding) => <WaiverAction segment={review.segment.key} finding={finding} />}
        />
      </Section>
      <WhatVoids review={review} />
      <div className={styles.decision}>
        {review.version.state === "approved" || review.version.state === "released" ? (
          <ReleaseForm review={review} />
        ) : (
          <VerdictForm key={review.version.id} review={review} />
        )}
      </div>
    </>
  );
}

function Steps({ versionId }: { readonly versionId: string }) {
  const { position, total, before, after } = useReviewSteps(versionId);
  if (total === 0) return null;
  return (
    <span className={styles.steps}>
      <span>{position ? `${position} of ${total} under review` : `${total} under review`}</span>
      <ActionIcon
        component={Link}
        href={`/reviews/${before ?? versionId}`}
        aria-label="Review before (k)"
        aria-disabled={!before}
      >
        <IconChevronLeft size={16} stroke={1.6} />
      </ActionIcon>
      <ActionIcon
        component={Link}
        href={`/reviews/${after ?? versionId}`}
        aria-label="Review after (j)"
        aria-disabled={!after}
      >
        <IconChevronRight size={16} stroke={1.6} />
      </ActionIcon>
    </span>
  );
}
