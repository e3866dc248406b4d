import type { ReactNode } from "react";
import styles from "./chart.module.css";
import { lineColors, type TimeLine } from "./time-series";

type ChartHeadProps = {
  readonly title: string;
  readonly unit?: string;
  readonly latest?: ReactNode;
  readonly lines: readonly TimeLine[];
  readonly thresholds?: readonly { readonly value: number; readonly label: string }[];
};

/** Title, unit and keys at the left, the latest value at the right; keys only where there is something to tell apart. */
export function ChartHead({ title, unit, latest, lines, thresholds = [] }: ChartHeadProps) {
  const keys = [
    ...(lines.length > 1 ? lines.map(({ label, tone }) => ({ label, color: lineColors[tone], dashed: false })) : []),
    ...thresholds.map(({ label }) => ({ label, color: "var(--st-bad)", dashed: true })),
  ];
  return (
    <figcaption className={styles.head}>
      <b className={styles.title}>{title}</b>
      {unit !== undefined && <span>{unit}</span>}
      {keys.map((key) => (
        <span key={key.label} className={styles.key}>
          <span className={styles.swatch} data-dashed={key.dashed || undefined} style={{ color: key.color }} />
          {key.label}
        </span>
      ))}
      {latest !== undefined && <b className={styles.latest}>{latest}</b>}
    </figcaption>
  );
}
