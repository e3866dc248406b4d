"use client";

import { ActionIcon, Group, NativeSelect } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { formatNumber } from "./number-format";
import styles from "./table.module.css";

type TablePagerProps = {
  readonly shown: number;
  readonly total?: number;
  readonly page?: number;
  readonly pageSize?: number;
  readonly onPage?: (page: number) => void;
  readonly onPageSize?: (pageSize: number) => void;
};

const pageSizes = [25, 50, 100, 200];

/** "51–100 of 5,012", and the way to the other pages where there are any. */
export function TablePager({ shown, total, page = 1, pageSize = 50, onPage, onPageSize }: TablePagerProps) {
  if (total === undefined || shown === 0) return null;
  const first = (page - 1) * pageSize + 1;
  const lastPage = Math.max(1, Math.ceil(total / pageSize));
  return (
    <div className={styles.pager}>
      <span>
        {formatNumber(first)}–{formatNumber(first + shown - 1)} of {formatNumber(total)}
      </span>
      <Group gap="md">
        {onPageSize && total > 25 && (
          <NativeSelect
            aria-label="Rows a page"
            size="xs"
            value={pageSize}
            data={pageSizes.map((size) => ({ value: String(size), label: `${size} a page` }))}
            onChange={(event) => onPageSize(Number(event.currentTarget.value))}
          />
        )}
        {onPage && lastPage > 1 && (
          <Group gap="xs" component="nav" aria-label="Pages">
            <ActionIcon
              variant="default"
              size={28}
              aria-label="Page before"
              disabled={page <= 1}
              onClick={() => onPage(page - 1)}
            >
              <IconChevronLeft size={16} stroke={1.6} />
            </ActionIcon>
            <span className={styles.pageOf}>
              {formatNumber(page)} of {formatNumber(lastPage)}
            </span>
            <ActionIcon
              variant="default"
              size={28}
              aria-label="Page after"
              disabled={page >= lastPage}
              onClick={() => onPage(page + 1)}
            >
              <IconChevronRight size={16} stroke={1.6} />
            </ActionIcon>
          </Group>
        )}
      </Group>
    </div>
  );
}
