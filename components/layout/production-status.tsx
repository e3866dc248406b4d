"use client";

import { useQuery } from "@tanstack/react-query";
import { TimeAgo } from "@/components/ui/instant";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number-format";
import { StateGlyph } from "@/components/ui/state-glyph";
import { environmentListQuery } from "@/lib/releases/queries";
import styles from "./top-bar.module.css";

const environment = "production";

/** What production serves and since when; a mark where it cannot be asked. */
export function ProductionStatus() {
  const { data, isError } = useQuery({ ...environmentListQuery(), refetchInterval: 10_000 });
  const production = data?.items.find((item) => item.key === environment);
  if (isError && !production) {
    return (
      <span className={styles.production}>
        <StateGlyph state="attention" size={13} label="unknown" />
        <span>{environment} not known</span>
      </span>
    );
  }
  if (!production) return null;
  return (
    <span className={styles.production}>
      <StateGlyph state={isError ? "attention" : "live"} size={12} label={isError ? "not current" : "serving"} />
      <span>{environment}</span>
      <Mono>r{formatNumber(production.revision)}</Mono>
      {production.changedAt && (
        <span>
          <TimeAgo at={production.changedAt} />
        </span>
      )}
    </span>
  );
}
