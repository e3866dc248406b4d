"use client";

import { VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { formatNumber } from "@/components/ui/number-format";
import { changeListQuery } from "@/lib/changes/queries";
import { reviewQueueQuery } from "@/lib/versions/queries";
import type { NavigationItem } from "./navigation";
import styles from "./side-navigation.module.css";

const counts = { reviews: ReviewCount, changes: ChangeCount } satisfies Record<
  NonNullable<NavigationItem["count"]>,
  unknown
>;

/** How many wait; nothing while there are none or they are not known. */
export function NavigationCount({ count }: { readonly count: NonNullable<NavigationItem["count"]> }) {
  const Count = counts[count];
  return <Count />;
}

const refetchInterval = 60_000;

function ReviewCount() {
  return <Waiting total={useQuery({ ...reviewQueueQuery("me"), refetchInterval }).data?.total} />;
}

function ChangeCount() {
  return <Waiting total={useQuery({ ...changeListQuery("me"), refetchInterval }).data?.total} />;
}

function Waiting({ total }: { readonly total: number | undefined }) {
  if (!total) return null;
  return (
    <span className={styles.count}>
      {formatNumber(total)}
      <VisuallyHidden> waiting for you</VisuallyHidden>
    </span>
  );
}
