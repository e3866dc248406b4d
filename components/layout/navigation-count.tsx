"use client";

import { VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { formatNumber } from "@/components/ui/number-format";
import { reviewQueueQuery } from "@/lib/versions/queries";
import type { NavigationItem } from "./navigation";
import styles from "./side-navigation.module.css";

const queries = { reviews: reviewQueueQuery("me") } satisfies Record<NonNullable<NavigationItem["count"]>, unknown>;

/** How many wait; nothing while there are none or they are not known. */
export function NavigationCount({ count }: { readonly count: NonNullable<NavigationItem["count"]> }) {
  const { data } = useQuery({ ...queries[count], refetchInterval: 60_000 });
  if (!data || data.total === 0) return null;
  return (
    <span className={styles.count}>
      {formatNumber(data.total)}
      <VisuallyHidden> waiting for you</VisuallyHidden>
    </span>
  );
}
