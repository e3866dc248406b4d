"use client";

import { Select, TextInput } from "@mantine/core";
import { Num } from "@/components/ui/num";
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

const types = [
  { value: "string", label: "text" },
  { value: "number", label: "number" },
  { value: "boolean", label: "yes or no" },
  { value: "timestamp", label: "instant" },
  { value: "string_set", label: "set of texts" },
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
    <div className={styles.scroll}>
      <table className={styles.table} aria-label="Columns">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Looks like</th>
            <th scope="col" className={styles.right}>
              Blank
            </th>
            <th scope="col">Becomes</th>
            <th scope="col">Key</th>
            <th scope="col">Type</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((plan, index) => {
            const column = preview.columns[index];
            return (
              <tr key={plan.column} className={plan.use === "leave-out" ? styles.left : undefined}>
                <th scope="row">{plan.column}</th>
                <td className={styles.samples} title={column?.samples.join("\n")}>
                  {column?.samples.slice(0, 4).join(", ")}
                </td>
                <td className={styles.right}>
                  <Num value={preview.sampledRows - (column?.filled ?? 0)} />
                </td>
                <td>
                  <Select
                    aria-label={`What ${plan.column} becomes`}
                    data={uses}
                    allowDeselect={false}
                    value={plan.use}
                    onChange={(use) => use && onChange({ ...plan, use: use as ColumnPlan["use"] })}
                    w={132}
                  />
                </td>
                <KeyAndType plan={plan} purposes={purposes} onChange={onChange} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function KeyAndType({
  plan,
  purposes,
  onChange,
}: Omit<ColumnTableProps, "preview" | "columns"> & { readonly plan: ColumnPlan }) {
  if (plan.use === "consent") {
    return (
      <td colSpan={2}>
        <Select
          aria-label={`Purpose that ${plan.column} grants`}
          placeholder="for which purpose"
          data={purposes.map(({ key, name }) => ({ value: key, label: name }))}
          value={plan.purpose}
          onChange={(purpose) => onChange({ ...plan, purpose })}
          w={260}
        />
      </td>
    );
  }
  if (plan.use !== "attribute") return <td colSpan={2} />;
  return (
    <>
      <td>
        <TextInput
          aria-label={`Key of ${plan.column}`}
          value={plan.key}
          readOnly={plan.isKnown}
          onChange={(event) => onChange({ ...plan, key: event.currentTarget.value })}
          w={190}
        />
      </td>
      <td>
        <Select
          aria-label={`Type of ${plan.column}`}
          data={types}
          allowDeselect={false}
          disabled={plan.isKnown}
          value={plan.type}
          onChange={(type) => type && onChange({ ...plan, type: type as ColumnPlan["type"], format: undefined })}
          w={132}
        />
      </td>
    </>
  );
}
