"use client";

import { Autocomplete, TagsInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatNumber } from "@/components/ui/number-format";
import { attributeStatisticsQuery } from "@/lib/catalogue/queries";
import { bounds } from "@/lib/rules/definition";
import { tidyValues } from "@/lib/rules/split-values";
import styles from "./builder.module.css";
import type { ValueControlProps } from "./value-control";

const picks = { width: 280, position: "bottom-start" } as const;

/** One text: what the data holds is offered with counts, anything else may be typed. */
export function TextValue({ attribute, operator, value, onChange, name, wrong, disabled }: ValueControlProps) {
  const [wanted, setWanted] = useState(false);
  const counts = useValueCounts(attribute.key, wanted);
  const text = typeof value === "string" ? value : "";
  const shared = { size: "xs", "aria-label": `Value ${name}`, value: text, error: wrong, disabled } as const;
  if (operator !== "equals" && operator !== "not_equals")
    return <TextInput {...shared} onChange={(event) => onChange(event.currentTarget.value)} />;
  return (
    <Autocomplete
      {...shared}
      data={[...counts.keys()]}
      onChange={onChange}
      onFocus={() => setWanted(true)}
      limit={100}
      renderOption={({ option }) => <ValueOption value={option.value} count={counts.get(option.value)} />}
      comboboxProps={picks}
    />
  );
}

/** Several texts; a pasted list is taken apart at lines, commas, semicolons and tabs. */
export function TextsValue({ attribute, value, onChange, name, wrong, disabled }: ValueControlProps) {
  const [wanted, setWanted] = useState(false);
  const counts = useValueCounts(attribute.key, wanted);
  const values = Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
  return (
    <TagsInput
      size="xs"
      aria-label={`Values ${name}`}
      classNames={{ input: styles.values, pillsList: styles.pills, pill: styles.pill, inputField: styles.pillInput }}
      openOnFocus={false}
      data={[...counts.keys()]}
      value={values}
      onChange={(next) => onChange(next.length === 0 ? undefined : tidyValues(next))}
      onFocus={() => setWanted(true)}
      splitChars={[",", ";", "\n", "\r", "\t"]}
      maxTags={bounds.values}
      limit={100}
      acceptValueOnBlur
      placeholder={values.length === 0 ? "Type or paste values" : ""}
      renderOption={({ option }) => <ValueOption value={option.value} count={counts.get(option.value)} />}
      comboboxProps={picks}
      error={wrong}
      disabled={disabled}
    />
  );
}

const none: ReadonlyMap<string, number> = new Map();

function useValueCounts(key: string, wanted: boolean): ReadonlyMap<string, number> {
  const { data } = useQuery({
    ...attributeStatisticsQuery(key),
    enabled: wanted,
    staleTime: 300_000,
    select: (statistics) => new Map(statistics.values.map((each) => [each.value, each.customers])),
  });
  return data ?? none;
}

function ValueOption({ value, count }: { value: string; count: number | undefined }) {
  return (
    <span className={styles.option} data-inline>
      <span>{value}</span>
      <span className={styles.optionNote}>{formatNumber(count)}</span>
    </span>
  );
}
