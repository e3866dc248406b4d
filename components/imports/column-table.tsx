"use client";

import { Select, Table, TextInput } from "@mantine/core";
import { Num } from "@/components/ui/num";
import { typeChoices } from "@/lib/catalogue/type-words";
import type { ImportPreview } from "@/lib/customers/contract";
import type { ColumnPlan } from "./column-plan";
import styles from "./imports.module.css";

const uses = [
  { value: "attribute", label: "Attribute" },
  { value: "id", label: "Customer id" },
  { value: "region", label: "Region" },
  { value: "consent", label: "Consent" },
  { value: "leave-out", label: "Leave out" },
];

type ColumnTableProps = {
  readonly preview: ImportPreview;
  readonly columns: readonly ColumnPlan[];
  readonly purposes: readonly { readonly key: string; readonly name: string }[];
  readonly onChange: (column: ColumnPlan) => void;
};

/** What each column of the file becomes. */
export function ColumnTable({ preview, columns, purposes, onChange }: ColumnTableProps) {
  return (
    <Table.ScrollContainer minWidth={760}>
      <Table aria-label="Columns">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Column</Table.Th>
            <Table.Th>Looks like</Table.Th>
            <Table.Th ta="right">Blank</Table.Th>
            <Table.Th>Becomes</Table.Th>
            <Table.Th>Key</Table.Th>
            <Table.Th>Type</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map((plan, index) => {
            const column = preview.columns[index];
            return (
              <Table.Tr key={plan.column} className={plan.use === "leave-out" ? styles.left : undefined}>
                <Table.Th scope="row">{plan.column}</Table.Th>
                <Table.Td className={styles.samples} title={column?.samples.join("\n")}>
                  {column?.samples.slice(0, 4).join(", ")}
                </Table.Td>
                <Table.Td ta="right">
                  <Num value={preview.sampledRows - (column?.filled ?? 0)} />
                </Table.Td>
                <Table.Td>
                  <Select
                    aria-label={`What ${plan.column} becomes`}
                    data={uses}
                    allowDeselect={false}
                    value={plan.use}
                    onChange={(use) => use && onChange({ ...plan, use: use as ColumnPlan["use"] })}
                    w={132}
                  />
                </Table.Td>
                <KeyAndType plan={plan} purposes={purposes} onChange={onChange} />
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function KeyAndType({
  plan,
  purposes,
  onChange,
}: Omit<ColumnTableProps, "preview" | "columns"> & { readonly plan: ColumnPlan }) {
  if (plan.use === "consent") {
    return (
      <Table.Td colSpan={2}>
        <Select
          aria-label={`Purpose that ${plan.column} grants`}
          placeholder="for which purpose"
          data={purposes.map(({ key, name }) => ({ value: key, label: name }))}
          value={plan.purpose}
          onChange={(purpose) => onChange({ ...plan, purpose })}
          w={260}
        />
      </Table.Td>
    );
  }
  if (plan.use !== "attribute") return <Table.Td colSpan={2} />;
  return (
    <>
      <Table.Td>
        <TextInput
          aria-label={`Key of ${plan.column}`}
          value={plan.key}
          readOnly={plan.isKnown}
          onChange={(event) => onChange({ ...plan, key: event.currentTarget.value })}
          w={190}
        />
      </Table.Td>
      <Table.Td>
        <Select
          aria-label={`Type of ${plan.column}`}
          data={typeChoices}
          allowDeselect={false}
          disabled={plan.isKnown}
          value={plan.type}
          onChange={(type) => type && onChange({ ...plan, type: type as ColumnPlan["type"], format: undefined })}
          w={132}
        />
      </Table.Td>
    </>
  );
}
