"use client";

import { Alert, Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useCan } from "@/components/layout/viewer";
import { TimeAgo } from "@/components/ui/instant";
import { formatInstant } from "@/components/ui/instant-format";
import type { Release } from "@/lib/releases/contract";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import { openBreakGlassQuery } from "@/lib/releases/queries";
import { CloseBreakGlassDialog } from "./close-break-glass-dialog";
import { RollBackDialog } from "./roll-back-dialog";
import styles from "./segments.module.css";

type BannerProps = { readonly overview: SegmentOverview };

/** What is served without its approvals, until somebody else has found it justified, or something else is served. */
export function BreakGlassBanner({ overview }: BannerProps) {
  const broken = overview.releases.filter(({ breakGlass }) => breakGlass !== null);
  const open = broken.filter(({ breakGlass }) => breakGlass?.closedAt === null);
  const wrong = broken.filter(({ breakGlass, endedAt }) => breakGlass?.outcome === "not_justified" && endedAt === null);
  return (
    <>
      {open.map((release) => (
        <Open key={release.id} release={release} />
      ))}
      {wrong.map((release) => (
        <NotJustified key={release.id} release={release} overview={overview} />
      ))}
    </>
  );
}

function Open({ release }: { readonly release: Release }) {
  const [closing, setClosing] = useState(false);
  const mayReview = useCan("version.review");
  const asked = useQuery(openBreakGlassQuery()).data?.items.find(({ releaseId }) => releaseId === release.id);
  const { version, environment, actor, reason, createdAt, breakGlass } = release;
  return (
    <Alert color="red" title={`v${version.number} was released to ${environment} without its approvals`} role="region">
      <p>
        By {actor.name}, <TimeAgo at={createdAt} />: {reason}
      </p>
      <p>
        Until {breakGlass && formatInstant(breakGlass.dueAt)} somebody else says whether that was justified.{" "}
        {mayReview && asked?.possible.allowed === false && <span className={styles.dim}>{asked.possible.why}</span>}
      </p>
      {asked?.possible.allowed && (
        <Group mt="xs">
          <Button onClick={() => setClosing(true)}>Say whether it was justified</Button>
        </Group>
      )}
      {closing && <CloseBreakGlassDialog release={release} onClose={() => setClosing(false)} />}
    </Alert>
  );
}

function NotJustified({ release, overview }: BannerProps & { readonly release: Release }) {
  const [rolling, setRolling] = useState(false);
  const mayRollBack = useCan("segment.rollback");
  const { version, environment, breakGlass } = release;
  return (
    <Alert
      color="red"
      title={`v${version.number} in ${environment} was released without its approvals, and not justified`}
    >
      <p>
        {breakGlass?.closedBy?.name}: {breakGlass?.comment}
      </p>
      {mayRollBack && (
        <Group mt="xs">
          <Button onClick={() => setRolling(true)}>Roll it back…</Button>
        </Group>
      )}
      {rolling && <RollBackDialog overview={overview} environment={environment} onClose={() => setRolling(false)} />}
    </Alert>
  );
}
