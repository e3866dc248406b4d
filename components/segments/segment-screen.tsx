"use client";

import { useQuery } from "@tanstack/react-query";
import { TimeChart } from "@/components/charts/time-chart";
import { dailyPoints } from "@/components/charts/time-series";
import { ErrorState } from "@/components/ui/error-state";
import { Num } from "@/components/ui/num";
import { SplitBody } from "@/components/ui/page-body";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import { segmentOverviewQuery } from "@/lib/releases/queries";
import { BreakGlassBanner } from "./break-glass-banner";
import { ReleaseTable } from "./release-table";
import { SegmentHeader } from "./segment-header";
import { SegmentRule } from "./segment-rule";
import { SegmentSide } from "./segment-side";
import styles from "./segments.module.css";
import { StandingBanner } from "./standing-banner";
import { VersionTable } from "./version-table";

/** One segment: what it says, whom it has, where it stands, what happened to it. */
export function SegmentScreen({ segmentKey }: { readonly segmentKey: string }) {
  const { data, error, refetch } = useQuery(segmentOverviewQuery(segmentKey));
  if (error && !data)
    return <ErrorState error={error} title="The segment could not be read" onRetry={() => void refetch()} />;
  if (!data) return <TableSkeleton rows={10} />;
  return (
    <>
      <SegmentHeader overview={data} />
      <SplitBody side={<SegmentSide overview={data} />} sideWidth={376} sideLabel="Where it stands">
        <div className={styles.sections}>
          <BreakGlassBanner overview={data} />
          <StandingBanner overview={data} />
          <SegmentRule overview={data} />
          <Trend overview={data} />
          <VersionTable overview={data} />
          <ReleaseTable overview={data} />
        </div>
      </SplitBody>
    </>
  );
}

function Trend({ overview }: { readonly overview: SegmentOverview }) {
  const { trend, releases } = overview;
  if (trend.length < 2) return null;
  const first = Date.parse(`${trend[0]?.day}T00:00:00Z`);
  const marks = releases
    .filter((release) => release.environment === "production" && Date.parse(release.createdAt) >= first)
    .map((release) => ({ at: Date.parse(release.createdAt), label: `v${release.version.number}` }));
  return (
    <TimeChart
      title="Members"
      unit="customers in production, by day"
      latest={<Num value={trend.at(-1)?.members} />}
      points={dailyPoints(trend)}
      lines={[{ key: "members", label: "Members", tone: "this" }]}
      marks={marks}
    />
  );
}
