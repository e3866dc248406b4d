"use client";

import { type ComboboxItem, Select } from "@mantine/core";
import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/link-button";
import { formatNumber } from "@/components/ui/number-format";
import type { ReferenceItem, References } from "../use-vocabulary";
import styles from "./builder.module.css";

export type ReferenceValueProps = {
  readonly value: unknown;
  readonly onChange: (key: string) => void;
  /** "of condition 2.1", for the label that is read out. */
  readonly name: string;
  readonly wrong: boolean;
  readonly disabled: boolean;
};

type ReferenceSelectProps = ReferenceValueProps & {
  readonly label: string;
  readonly items: References;
  readonly sizeOf: (item: ReferenceItem) => string;
  readonly hrefOf: (key: string) => string;
  readonly none: ReactNode;
  readonly onSearch?: (search: string) => void;
};

/** A picker with sizes and versions; the chosen one with its version, which leads to it. */
export function ReferenceSelect({
  label,
  value,
  onChange,
  items,
  sizeOf,
  hrefOf,
  none,
  wrong,
  disabled,
  onSearch,
}: ReferenceSelectProps) {
  const key = typeof value === "string" && value !== "" ? value : null;
  const item = key === null ? undefined : items.get(key);
  const data: ComboboxItem[] = [...items.values()].map((each) => ({ value: each.key, label: each.name }));
  if (key !== null && !item) data.unshift({ value: key, label: key });
  return (
    <span className={styles.line}>
      <Select
        size="xs"
        className={styles.grow}
        classNames={{ input: styles.select }}
        rightSectionWidth={22}
        aria-label={label}
        placeholder="Choose one"
        data={data}
        value={key}
        onChange={(next) => next !== null && onChange(next)}
        allowDeselect={false}
        searchable
        openOnFocus={false}
        {...(onSearch ? { onSearchChange: onSearch } : {})}
        onFocus={(event) => event.currentTarget.select()}
        nothingFoundMessage={none}
        renderOption={({ option }) => (
          <ReferenceOption item={items.get(option.value)} name={option.label} sizeOf={sizeOf} />
        )}
        comboboxProps={{ width: 340, position: "bottom-start" }}
        maxDropdownHeight={320}
        limit={100}
        error={wrong}
        disabled={disabled}
      />
      {item?.version ? (
        <LinkButton
          href={hrefOf(item.key)}
          target="_blank"
          variant="subtle"
          size="compact-xs"
          className={styles.reference}
          aria-label={`Open ${item.name}, version ${item.version}, in a new tab`}
        >
          v{formatNumber(item.version)}
        </LinkButton>
      ) : null}
    </span>
  );
}

type ReferenceOptionProps = Pick<ReferenceSelectProps, "sizeOf"> & {
  readonly item: ReferenceItem | undefined;
  readonly name: string;
};

function ReferenceOption({ item, name, sizeOf }: ReferenceOptionProps) {
  return (
    <span className={styles.option} data-inline>
      <span className={styles.option}>
        <span>{name}</span>
        {item && <span className={styles.optionNote}>{item.key}</span>}
      </span>
      {item && (
        <span className={styles.optionNote} data-end>
          {sizeOf(item)}
          {item.version ? ` · v${item.version}` : ""}
        </span>
      )}
    </span>
  );
}
