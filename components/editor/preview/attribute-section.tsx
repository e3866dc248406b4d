import { Select } from "@mantine/core";
import { BarList } from "@/components/charts/bar-list";
import { Section } from "@/components/ui/section";
import type { Preview } from "@/lib/previews/contract";
import { groupRows } from "@/lib/previews/group-words";
import { useEditing } from "../editor-context";
import styles from "./preview.module.css";

type AttributeSectionProps = {
  readonly split: Preview["byAttribute"];
  readonly stale: boolean;
  readonly by: string | undefined;
  readonly onBy: (attribute: string | null) => void;
};

/** Members by the values of one attribute, which the reader chooses. */
export function AttributeSection({ split, stale, by, onBy }: AttributeSectionProps) {
  const { attributes } = useEditing().choices;
  const options = [...attributes.values()].map(({ key, name }) => ({ value: key, label: name }));
  const attribute = by === undefined ? undefined : attributes.get(by);
  const rows = split && attribute && split.attribute === by ? groupRows(split, attribute) : null;
  const choice = (
    <Select
      size="xs"
      w={180}
      aria-label="Attribute to split the members by"
      placeholder="Choose an attribute"
      data={options.sort((a, b) => a.label.localeCompare(b.label, "en"))}
      value={by ?? null}
      onChange={onBy}
      searchable
      clearable
      comboboxProps={{ width: 240, position: "bottom-end" }}
      nothingFoundMessage="No attribute of this name"
    />
  );
  return (
    <Section title="Members by" variant="panel" aside={choice}>
      {rows && rows.length > 0 && (
        <div className={styles.below}>
          <BarList
            stale={stale}
            items={rows.map(({ key, text, members, kind }) => ({
              key,
              name: text,
              value: members,
              quiet: kind !== "group",
            }))}
          />
        </div>
      )}
      {rows?.length === 0 && <p className={styles.dim}>No members, so nothing to split.</p>}
      {attribute && !rows && <p className={styles.dim}>{stale ? "Counting" : "Not counted for this attribute."}</p>}
    </Section>
  );
}
