"use client";

import { UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { ReactNode } from "react";
import styles from "./table.module.css";

type SortTitleProps = {
  readonly column: string;
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  readonly align: "left" | "right";
  readonly children: ReactNode;
};

/** Figures start with the largest, words with the first; a second press turns round. */
function nextSort(column: string, sort: string, align: "left" | "right"): string {
  if (sort === column) return `-${column}`;
  if (sort === `-${column}`) return column;
  return align === "right" ? `-${column}` : column;
}

export function SortTitle({ column, sort, onSort, align, children }: SortTitleProps) {
  const descending = sort === `-${column}`;
  const sorted = descending || sort === column;
  const Arrow = descending ? IconArrowDown : IconArrowUp;
  return (
    <UnstyledButton
      className={styles.sort}
      data-sorted={sorted || undefined}
      onClick={() => onSort(nextSort(column, sort, align))}
    >
      {sorted && <Arrow size={13} stroke={1.8} aria-label={descending ? "sorted, falling," : "sorted, rising,"} />}
      {children}
    </UnstyledButton>
  );
}
