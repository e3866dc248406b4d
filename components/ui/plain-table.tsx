import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./plain-table.module.css";

export type PlainColumn = { readonly title: string; readonly align?: "right" };

type PlainTableProps = {
  readonly columns: readonly PlainColumn[];
  /** Pixels below which it scrolls by itself. */
  readonly minWidth: number;
  /** `Table.Tr` for each row. */
  readonly children: ReactNode;
};

/** A short table within a section, flush with the section's text: nothing to sort, to page or to choose. */
export function PlainTable({ columns, minWidth, children }: PlainTableProps) {
  return (
    <Table.ScrollContainer minWidth={minWidth}>
      <Table className={styles.table}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ title, align }) => (
              <Table.Th key={title} {...(align && { ta: align })}>
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
