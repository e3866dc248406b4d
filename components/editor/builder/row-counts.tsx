"use client";

import { Tooltip } from "@mantine/core";
import { formatNumber, formatShareOf } from "@/components/ui/number-format";
import { ShareBar } from "@/components/ui/share-bar";
import styles from "./builder.module.css";
import { useBuilder } from "./builder-context";
import { placeKey } from "./place";

const worryingShare = 0.05;

/** Of the whole population: how many the condition keeps alone, and how many have no value for it to hold on. */
export function RowCounts({ path }: { readonly path: readonly number[] }) {
  const { steps, population, widest, stale } = useBuilder();
  const step = steps.get(placeKey(path));
  if (!step) return <span className={styles.counts} />;
  const many = population > 0 && step.missing / population > worryingShare;
  const share = `${formatShareOf(step.alone, population)} of ${formatNumber(population)} customers`;
  return (
    <span className={styles.counts} data-stale={stale || undefined}>
      <Tooltip label={`Alone this keeps ${share}; ${formatNumber(step.missing)} have no value.`}>
        <span className={styles.bar}>
          <ShareBar share={widest === 0 ? 0 : step.alone / widest} fromRight width={36} />
        </span>
      </Tooltip>
      <span className={styles.alone}>{formatNumber(step.alone)}</span>
      <span className={styles.missing} data-many={many || undefined}>
        {formatNumber(step.missing)}
      </span>
    </span>
  );
}
