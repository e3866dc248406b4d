"use client";

import { useQuery } from "@tanstack/react-query";
import { TimeAgo } from "@/components/ui/instant";
import { LagLabel } from "@/components/ui/lag-label";
import { TextLink } from "@/components/ui/link-button";
import { Section } from "@/components/ui/section";
import type { KeyLag } from "@/lib/feed/contract";
import { consumerListQuery } from "@/lib/feed/queries";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import styles from "./segments.module.css";

type Told = SegmentOverview["consumers"][number];

/** Who is told of the segment, and how far each is behind what is released. */
export function SegmentConsumers({ consumers }: Pick<SegmentOverview, "consumers">) {
  const known = useQuery(consumerListQuery()).data?.items ?? [];
  const lagOf = ({ key, environment }: Told): KeyLag | null => {
    const keys = known.find((consumer) => consumer.key === key)?.keys ?? [];
    const lags = keys.filter((each) => each.environment === environment).flatMap(({ lag }) => lag ?? []);
    return worstOf(lags);
  };
  return (
    <Section title="Consumers" variant="panel" count={consumers.length}>
      {consumers.length === 0 && <p className={styles.dim}>No key reads it: none meets its regions and purposes.</p>}
      <ul className={styles.list}>
        {consumers.map((consumer) => (
          <Row key={`${consumer.key} ${consumer.environment}`} consumer={consumer} lag={lagOf(consumer)} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ consumer, lag }: { readonly consumer: Told; readonly lag: KeyLag | null }) {
  return (
    <li className={styles.environment}>
      <TextLink href={`/consumers#${consumer.key}`}>{consumer.name}</TextLink>
      <span className={styles.dim}>{consumer.environment}</span>
      <span className={styles.pulled}>
        <TimeAgo at={consumer.lastPulledAt} none="never pulled" />
      </span>
      {lag && lag.state !== "unused" && (
        <span className={styles.since}>
          <LagLabel lag={lag} />
        </span>
      )}
    </li>
  );
}

const gravity = { refused: 4, behind: 3, "catching-up": 2, current: 1, unused: 0 } as const satisfies Record<
  KeyLag["state"],
  number
>;

function worstOf(lags: readonly KeyLag[]): KeyLag | null {
  const [worst] = lags.toSorted((a, b) => gravity[b.state] - gravity[a.state]);
  return worst ?? null;
}
