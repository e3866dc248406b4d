"use client";

import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { segmentListQuery } from "@/lib/releases/queries";

type SegmentSelectProps = {
  readonly label: string;
  readonly description?: string;
  readonly value: string | undefined;
  readonly onChange: (key: string | undefined) => void;
  /** The key of the one that is not offered. */
  readonly except: string;
};

/** One of the live segments, found by what is typed, or none. */
export function SegmentSelect({ label, description, value, onChange, except }: SegmentSelectProps) {
  const [search, setSearch] = useState("");
  const [query] = useDebouncedValue(search, 250);
  const { data } = useQuery(segmentListQuery({ state: "live", query, sort: "name", pageSize: 50 }));
  const found = (data?.items ?? []).filter(({ key }) => key !== except);
  const options = found.map(({ key, name }) => ({ value: key, label: name }));
  if (value !== undefined && !options.some((option) => option.value === value))
    options.unshift({ value, label: value });
  return (
    <Select
      label={label}
      description={description}
      placeholder="none"
      data={options}
      value={value ?? null}
      onChange={(key) => onChange(key ?? undefined)}
      onSearchChange={setSearch}
      nothingFoundMessage="No live segment is called that."
      searchable
      clearable
    />
  );
}
