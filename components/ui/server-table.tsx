"use client";

import { DataTable, type DataTableColumn } from "mantine-datatable";
import { useRouter } from "next/navigation";
import type { KeyboardEvent, MouseEvent, ReactNode } from "react";
import { ErrorState } from "./error-state";
import { SortTitle } from "./sort-title";
import styles from "./table.module.css";
import { TablePager } from "./table-pager";
import { TableSkeleton } from "./table-skeleton";

export type ServerColumn<Row> = {
  /** Unique; also the sort word when `sortable`. */
  readonly key: string;
  readonly title: ReactNode;
  readonly render: (row: Row) => ReactNode;
  readonly align?: "left" | "right";
  readonly sortable?: boolean;
  readonly width?: number | string;
  readonly hidden?: boolean;
};

export type ServerTableProps<Row> = {
  /** What the table lists, for who cannot see it: "Segments". */
  readonly label: string;
  readonly columns: readonly ServerColumn<Row>[];
  /** undefined until the first answer. */
  readonly rows: readonly Row[] | undefined;
  readonly idOf: (row: Row) => string;
  readonly total?: number;
  readonly page?: number;
  readonly pageSize?: number;
  readonly onPage?: (page: number) => void;
  readonly onPageSize?: (pageSize: number) => void;
  /** "members" ascending, "-members" descending, as the API takes it. */
  readonly sort?: string;
  readonly onSort?: (sort: string) => void;
  /** Older rows stand dimmed while newer ones come. */
  readonly fetching?: boolean;
  readonly error?: unknown;
  readonly onRetry?: () => void;
  readonly empty: ReactNode;
  /** Where a click on the row leads; give the name cell the same link for the keyboard. */
  readonly hrefOf?: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  readonly selected?: readonly Row[];
  readonly onSelected?: (rows: Row[]) => void;
  /** 42 with a key under the name, 34 plain. */
  readonly rowHeight?: 34 | 42;
};

/** A list that the server sorts and pages. Arrow keys or j and k move between rows, Enter opens. */
export function ServerTable<Row>(props: ServerTableProps<Row>) {
  const { rows, error, fetching, rowHeight = 42, selected, onSelected, idOf } = props;
  const open = useOpenRow(props);
  const selection = onSelected
    ? {
        selectedRecords: [...(selected ?? [])],
        onSelectedRecordsChange: onSelected,
        allRecordsSelectionCheckboxProps: { "aria-label": "Select all rows" },
        getRecordSelectionCheckboxProps: (row: Row) => ({ "aria-label": `Select ${idOf(row)}` }),
      }
    : {};
  return (
    <div className={styles.frame} aria-busy={fetching || undefined} data-dim={(fetching && rows) || undefined}>
      <DataTable<Row>
        aria-label={props.label}
        className={rowHeight === 42 ? `${styles.table} ${styles.tall}` : styles.table}
        records={rows ? [...rows] : []}
        columns={props.columns.map((column) => asDataColumn(column, props.sort, props.onSort))}
        idAccessor={(row) => idOf(row)}
        horizontalSpacing={10}
        verticalSpacing={0}
        emptyState={<span />}
        minHeight={0}
        highlightOnHover={open !== undefined}
        onRowClick={open && (({ record, event }) => openUnlessBusy(event, () => open(record)))}
        scrollAreaProps={{
          type: "auto",
          // Rows without a link hold nothing that the keyboard could reach to scroll by.
          viewportProps: { onKeyDown: moveBetweenRows, ...(props.hrefOf ? {} : { tabIndex: 0 }) },
        }}
        {...selection}
      />
      {error ? (
        <ErrorState error={error} onRetry={props.onRetry} />
      ) : rows === undefined ? (
        <TableSkeleton rowHeight={rowHeight} />
      ) : (
        rows.length === 0 && props.empty
      )}
      <TablePager {...props} shown={rows?.length ?? 0} />
    </div>
  );
}

function useOpenRow<Row>({ hrefOf, onOpen }: ServerTableProps<Row>): ((row: Row) => void) | undefined {
  const router = useRouter();
  if (onOpen) return onOpen;
  return hrefOf && ((row) => router.push(hrefOf(row)));
}

function asDataColumn<Row>(
  column: ServerColumn<Row>,
  sort: string | undefined,
  onSort: ((sort: string) => void) | undefined,
): DataTableColumn<Row> {
  const sortable = column.sortable && onSort;
  return {
    accessor: column.key,
    title: sortable ? (
      <SortTitle column={column.key} align={column.align ?? "left"} sort={sort ?? ""} onSort={onSort}>
        {column.title}
      </SortTitle>
    ) : (
      column.title
    ),
    render: column.render,
    textAlign: column.align ?? "left",
    ...(column.width === undefined ? {} : { width: column.width }),
    hidden: column.hidden ?? false,
  };
}

/** A click on a link, a button or selected text within the row is not a click on the row. */
function openUnlessBusy(event: MouseEvent, open: () => void): void {
  const target = event.target;
  if (target instanceof Element && target.closest("a, button, input, label, [role=menuitem]")) return;
  if (window.getSelection()?.toString()) return;
  open();
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

function moveBetweenRows(event: KeyboardEvent<HTMLDivElement>): void {
  const step = steps[event.key];
  const target = event.target;
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!(target instanceof HTMLElement) || target.matches("input:not([type=checkbox]), textarea, select")) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row-link]")];
  const row = target.closest("tr");
  const at = links.findIndex((link) => row?.contains(link));
  const next = links[at === -1 ? 0 : at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
