"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { TrendArea } from "@/components/charts/trend-area";
import { dayMs, formatShortDay } from "@/components/ui/instant-format";
import { TextLink } from "@/components/ui/link-button";
import { formatCount, formatNumber, formatShare } from "@/components/ui/number-format";
import { ShareBar } from "@/components/ui/share-bar";
import { useNow } from "@/components/ui/use-now";
import { regionListQuery } from "@/lib/catalogue/queries";
import { segmentListQuery } from "@/lib/releases/queries";
import { summedTrend } from "./summed-trend";
import styles from "./totals.module.css";

const largest = 100;
const regionsShown = 3;

const others: readonly { readonly state: string; readonly words: (count: number) => string }[] = [
  { state: "in_review", words: (count) => `${formatNumber(count)} in review` },
  { state: "draft", words: (count) => formatCount(count, "draft") },
  { state: "review_due", words: (count) => `${formatNumber(count)} due for review` },
  { state: "deprecated", words: (count) => `${formatNumber(count)} deprecated` },
  { state: "killed", words: (count) => `${formatNumber(count)} emptied` },
];

/** Below, because nobody acts on them. */
export function Totals() {
  const segments = useQuery(segmentListQuery({ state: "live", sort: "-members", pageSize: largest }));
  if (!segments.data) return null;
  const { items, total, counts } = segments.data;
  const count = (state: string) => counts[state] ?? 0;
  return (
    <section className={styles.totals} aria-label="Totals">
      <Customers />
      <Total label="Live segments" value={total}>
        <p className={styles.links}>
          {others
            .filter(({ state }) => count(state) > 0)
            .map(({ state, words }) => (
              <TextLink key={state} href={`/segments?state=${state}`}>
                {words(count(state))}
              </TextLink>
            ))}
        </p>
      </Total>
      <Memberships
        trends={items.map(({ trend }) => trend)}
        now={items.map(({ members }) => members)}
        partly={total > items.length}
      />
    </section>
  );
}

function Total({
  label,
  value,
  change,
  children,
}: {
  readonly label: string;
  readonly value: number;
  readonly change?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.total}>
      <p className={styles.label}>{label}</p>
      <p className={styles.value}>
        <b>{formatNumber(value)}</b>
        {change && <span className={styles.change}>{change}</span>}
      </p>
      {children}
    </div>
  );
}

function Customers() {
  const { data } = useQuery(regionListQuery());
  if (!data) return null;
  const regions = data.items.flatMap(({ key, name, customers }) =>
    customers === null ? [] : [{ key, name, customers }],
  );
  const all = regions.reduce((sum, region) => sum + region.customers, 0);
  const shown = regions.sort((a, b) => b.customers - a.customers).slice(0, regionsShown);
  return (
    <Total label="Customers whose region is known" value={all}>
      <ul className={styles.regions}>
        {shown.map((region) => (
          <li key={region.key} className={styles.region}>
            <span className={styles.regionName}>{region.name}</span>
            <ShareBar share={all === 0 ? 0 : region.customers / all} />
            <span className={styles.regionCount}>{formatNumber(region.customers)}</span>
          </li>
        ))}
      </ul>
    </Total>
  );
}

type MembershipsProps = {
  readonly trends: readonly (readonly number[])[];
  readonly now: readonly (number | null)[];
  readonly partly: boolean;
};

function Memberships({ trends, now, partly }: MembershipsProps) {
  const today = Math.floor(useNow() / dayMs) * dayMs;
  const sums = summedTrend(trends);
  const points = sums.map((value, index) => ({ at: today - (sums.length - 1 - index) * dayMs, value }));
  const first = points[0];
  const value = now.reduce<number>((sum, members) => sum + (members ?? 0), 0);
  const change = first && points.length > 1 ? value - first.value : null;
  const label = partly ? `Memberships in the ${largest} largest` : "Memberships";
  return (
    <Total
      label={label}
      value={value}
      {...(change !== null && first && first.value > 0
        ? {
            change: `${formatNumber(change, { signed: true })} (${formatShare(change / first.value, { signed: true })})`,
          }
        : {})}
    >
      <TrendArea label={label} points={points} />
      {first && points.length > 1 && (
        <p className={styles.ends}>
          <span>
            {formatShortDay(first.at)} · {formatNumber(first.value)}
          </span>
          <span>{formatShortDay(today)}</span>
        </p>
      )}
    </Total>
  );
}
