import { Table } from "@mantine/core";
import { NewMark, OldMark } from "@/components/ui/diff-mark";
import { Section } from "@/components/ui/section";
import { upperFirst } from "@/lib/rules/phrase";
import type { SegmentDocument } from "@/lib/segments/document";
import { diffGovernedFields, type FieldChange, type FieldNames } from "@/lib/segments/governed-fields";
import { PlaceButton } from "./place-context";
import styles from "./review.module.css";

type GovernedFieldsProps = {
  /** Null for a first version. */
  readonly before: SegmentDocument | null;
  readonly after: SegmentDocument;
  /** What the sides are called, as "v6, live". */
  readonly titles: { readonly before: string; readonly after: string };
  readonly names: FieldNames;
};

export function GovernedFields({ before, after, titles, names }: GovernedFieldsProps) {
  const fields = diffGovernedFields(before, after, names);
  const changed = fields.filter((field) => field.changed);
  const same = fields.filter((field) => !field.changed);
  return (
    <Section
      title="Governed fields"
      variant="framed"
      flush
      count={before ? `${changed.length} of ${fields.length} changed` : `${changed.length} of ${fields.length} set`}
    >
      {changed.length > 0 && (
        <Table horizontalSpacing={14}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Field</Table.Th>
              {before && <Table.Th>{titles.before}</Table.Th>}
              <Table.Th>{titles.after}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changed.map((field) => (
              <Table.Tr key={field.field}>
                <Table.Th scope="row" className={styles.label}>
                  <span className={styles.placed}>
                    {field.label} <PlaceButton path={field.field} text={field.label} />
                  </span>
                </Table.Th>
                {before && (
                  <Table.Td>
                    <Values values={field.before} others={field.after} mark="old" />
                  </Table.Td>
                )}
                <Table.Td>
                  <Values values={field.after} others={before ? field.before : field.after} mark="new" />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <div className={styles.unchanged}>{sameInWords(same, before ? "as before" : "nothing set")}</div>
    </Section>
  );
}

type ValuesProps = {
  readonly values: readonly string[];
  readonly others: readonly string[];
  readonly mark: "old" | "new";
};

/** Marks what the other side lacks. */
function Values({ values, others, mark }: ValuesProps) {
  const known = new Set(others);
  const Mark = mark === "old" ? OldMark : NewMark;
  if (values.length === 0) return <span className={styles.because}>—</span>;
  return (
    <span className={styles.values}>
      {values.map((value) => (known.has(value) ? <span key={value}>{value}</span> : <Mark key={value}>{value}</Mark>))}
    </span>
  );
}

function sameInWords(fields: readonly FieldChange[], how: string): string {
  if (fields.length === 0) return "Every field is listed.";
  const [first = "", ...rest] = fields.map((field) => field.label.toLowerCase());
  return `${[upperFirst(first), ...rest].join(", ")}: ${how}`;
}
