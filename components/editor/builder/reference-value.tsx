"use client";

import { type ComboboxItem, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { LinkButton } from "@/components/ui/link-button";
import { formatCount, formatNumber } from "@/components/ui/number-format";
import { segmentListQuery } from "@/lib/releases/queries";
import { listField, type ReferenceField } from "@/lib/rules/builder";
import { itemOfSegment, type ReferenceItem, type References } from "../use-vocabulary";
import styles from "./builder.module.css";
import { useBuilder } from "./builder-context";

type ReferenceValueProps = {
  readonly field: ReferenceField;
  readonly value: unknown;
  readonly onChange: (key: string) => void;
  readonly name: string;
  readonly wrong: boolean;
  readonly disabled: boolean;
};

/** Which segment or list is meant, its version as it is now, and the way to it. */
export function ReferenceValue({ field, ...rest }: ReferenceValueProps) {
  return field === listField ? <ListValue {...rest} /> : <SegmentValue {...rest} />;
}

type ValueProps = Omit<ReferenceValueProps, "field">;

function ListValue(props: ValueProps) {
  const { lists } = useBuilder();
  return (
    <ReferenceSelect
      {...props}
      label={`List ${props.name}`}
      items={lists}
      sizeOf={(item) => formatCount(item.size ?? 0, "customer")}
      hrefOf={(key) => `/lists/${encodeURIComponent(key)}`}
      none="No list of this name"
    />
  );
}

const pauseMs = 200;
const offered = 50;

function SegmentValue(props: ValueProps) {
  const { segments, ownKey } = useBuilder();
  const [search, setSearch] = useState("");
  const [asked] = useDebouncedValue(search, pauseMs);
  const chosen = typeof props.value === "string" ? segments.get(props.value) : undefined;
  const { data, isFetching } = useQuery({
    ...segmentListQuery({ state: "live", sort: "name", pageSize: offered, query: asked === chosen?.name ? "" : asked }),
    enabled: !props.disabled && search !== "",
  });
  const found = search === "" || !data ? [...segments.values()] : data.items.map(itemOfSegment);
  const items = new Map(found.filter(({ key }) => key !== ownKey).map((item) => [item.key, item]));
  if (chosen) items.set(chosen.key, chosen);
  return (
    <ReferenceSelect
      {...props}
      label={`Segment ${props.name}`}
      items={items}
      sizeOf={(item) => (item.size === null ? "" : formatCount(item.size, "member"))}
      hrefOf={(key) => `/segments/${encodeURIComponent(key)}`}
      none={isFetching ? "Looking" : "No live segment of this name"}
      onSearch={setSearch}
    />
  );
}

type ReferenceSelectProps = ValueProps & {
  readonly label: string;
  readonly items: References;
  readonly sizeOf: (item: ReferenceItem) => string;
  readonly hrefOf: (key: string) => string;
  readonly none: ReactNode;
  readonly onSearch?: (search: string) => void;
};

function ReferenceSelect({
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
