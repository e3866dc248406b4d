"use client";

import { useNames } from "@/components/layout/use-names";
import { formatDay } from "@/components/ui/instant-format";
import { Mono } from "@/components/ui/mono";
import { Num } from "@/components/ui/num";
import { Section } from "@/components/ui/section";
import type { SegmentOverview, Standing } from "@/lib/releases/overview-contract";
import { MembersNow } from "./members-now";
import { RolloutPanel } from "./rollout-panel";
import { SchedulePanel } from "./schedule-panel";
import { SegmentConsumers } from "./segment-consumers";
import { SegmentFacts } from "./segment-facts";
import { SegmentReferences } from "./segment-references";
import styles from "./segments.module.css";
import { StandingLabel } from "./standing-label";

/** Where it stands, whom it has now, what it does and who answers for it. */
export function SegmentSide({ overview }: { readonly overview: SegmentOverview }) {
  const names = useNames();
  return (
    <>
      <Environments overview={overview} />
      <SchedulePanel segmentKey={overview.segment.key} />
      <RolloutPanel segmentKey={overview.segment.key} />
      <MembersNow
        document={overview.shown.document}
        references={overview.references}
        names={names}
        production={overview.standings.find(isProduction)}
      />
      <SegmentFacts overview={overview} names={names} />
      <SegmentReferences overview={overview} />
      <SegmentConsumers consumers={overview.consumers} />
    </>
  );
}

function Environments({ overview }: { readonly overview: SegmentOverview }) {
  const { standings, live } = overview;
  return (
    <Section title="Environments" variant="panel">
      <ul className={styles.list}>
        {[...standings].reverse().map((standing) => (
          <li key={standing.environment} className={styles.environment}>
            <span>{standing.environment}</span>
            <StandingLabel standing={standing} />
            <span className={styles.right}>
              <Num value={live[standing.environment]?.members} />
            </span>
            {standing.since && (
              <span className={styles.since}>
                since {formatDay(standing.since)} · <Mono dim>r{standing.revision}</Mono> · by{" "}
                {live[standing.environment]?.actor.name}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function isProduction(standing: Standing): boolean {
  return standing.environment === "production";
}
