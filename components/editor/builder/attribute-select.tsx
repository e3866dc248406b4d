"use client";

import { type ComboboxItem, type ComboboxParsedItem, Select } from "@mantine/core";
import { useMemo } from "react";
import type { FieldSelectorProps } from "react-querybuilder";
import type { AttributeItem } from "@/lib/catalogue/contract";
import { attributeTypes } from "@/lib/catalogue/definition";
import { typeWords } from "@/lib/catalogue/type-words";
import { isReferenceField, listField, segmentField } from "@/lib/rules/builder";
import { upperFirst } from "@/lib/rules/phrase";
import styles from "./builder.module.css";
import { useBuilder } from "./builder-context";
import { conditionName, placeKey } from "./place";

/** What a condition is about: an attribute, searchable by name and key and grouped by type; another segment; a list. */
export function AttributeSelect({ value, handleOnChange, disabled, path, rule }: FieldSelectorProps) {
  const { attributes, findings, added } = useBuilder();
  const data = useMemo(() => groupByType(attributes, value ?? ""), [attributes, value]);
  const wrong = findings.get(placeKey(path))?.some((finding) => finding.path.endsWith(".attribute")) ?? false;
  return (
    <Select
      size="xs"
      rightSectionWidth={22}
      classNames={{ input: styles.select }}
      className={styles.attribute}
      aria-label={`Attribute of ${conditionName(path)}`}
      data={data}
      value={value ?? null}
      onChange={(next) => next !== null && handleOnChange(next)}
      allowDeselect={false}
      searchable
      openOnFocus={false}
      selectFirstOptionOnChange
      autoFocus={added.current !== null && rule.id === added.current}
      onFocus={(event) => {
        added.current = null;
        event.currentTarget.select();
      }}
      nothingFoundMessage="No attribute of this name"
      filter={({ options, search }) => filterAttributes(options, search, attributes)}
      renderOption={({ option }) => <AttributeOption attribute={attributes.get(option.value)} option={option} />}
      comboboxProps={{ width: 300, position: "bottom-start" }}
      maxDropdownHeight={360}
      error={wrong}
      disabled={disabled ?? false}
    />
  );
}

const references: Group = {
  group: "Other segments and lists",
  items: [
    { value: segmentField, label: "Segment" },
    { value: listField, label: "List" },
  ],
};
const referenceNotes: Readonly<Record<string, string>> = {
  [segmentField]: "whom another live segment’s rule takes",
  [listField]: "who is on a managed list",
};

type Group = { group: string; items: { value: string; label: string }[] };

function groupByType(attributes: ReadonlyMap<string, AttributeItem>, chosen: string): Group[] {
  const groups = attributeTypes.map((type) => ({
    group: upperFirst(typeWords[type]),
    items: [...attributes.values()]
      .filter((attribute) => attribute.type === type)
      .map((attribute) => ({ value: attribute.key, label: attribute.name }))
      .sort((a, b) => a.label.localeCompare(b.label, "en")),
  }));
  const unknown = chosen !== "" && !isReferenceField(chosen) && !attributes.has(chosen);
  return [
    ...(unknown ? [{ group: "Not in the catalogue", items: [{ value: chosen, label: chosen }] }] : []),
    ...groups.filter((group) => group.items.length > 0),
    references,
  ];
}

function filterAttributes(
  options: readonly ComboboxParsedItem[],
  search: string,
  attributes: ReadonlyMap<string, AttributeItem>,
): ComboboxParsedItem[] {
  const wanted = search.trim().toLowerCase();
  return options.flatMap((option): ComboboxParsedItem[] => {
    if (!("group" in option)) return [option];
    const items = option.items.filter((item) => matches(item.label, wanted, attributes.get(item.value)));
    return items.length > 0 ? [{ ...option, items }] : [];
  });
}

function matches(label: string, wanted: string, attribute: AttributeItem | undefined): boolean {
  return `${label} ${attribute?.key ?? ""} ${attribute?.description ?? ""}`.toLowerCase().includes(wanted);
}

type AttributeOptionProps = { readonly attribute: AttributeItem | undefined; readonly option: ComboboxItem };

function AttributeOption({ attribute, option }: AttributeOptionProps) {
  const note = attribute
    ? [attribute.key, attribute.unit, ...attribute.labels, ...(attribute.sourceLabels ?? [])]
        .filter(Boolean)
        .join(" · ")
    : referenceNotes[option.value];
  return (
    <span className={styles.option}>
      <span>{option.label}</span>
      {note && <span className={styles.optionNote}>{note}</span>}
    </span>
  );
}
