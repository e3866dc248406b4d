"use client";

import { Autocomplete, TagsInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ClipboardEvent, useState } from "react";
import { TextLink } from "@/components/ui/link-button";
import { formatCount, formatNumber } from "@/components/ui/number-format";
import type { ValueControlProps } from "@/components/ui/value-control";
import { attributeStatisticsQuery } from "@/lib/catalogue/queries";
import { bounds } from "@/lib/rules/definition";
import { type PastedValues, pasteValues, tidyValues } from "@/lib/rules/split-values";
import styles from "./builder.module.css";

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

/** Several texts; a pasted list is taken apart at lines, commas, semicolons and tabs, and what became of it is said. */
export function TextsValue({ attribute, value, onChange, name, wrong, disabled }: ValueControlProps) {
  const [wanted, setWanted] = useState(false);
  const [pasted, setPasted] = useState<PastedValues | null>(null);
  const counts = useValueCounts(attribute.key, wanted);
  const values = Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
  function paste(event: ClipboardEvent): void {
    const taken = pasteValues(values, event.clipboardData.getData("text"), bounds.values);
    if (!taken) return;
    event.preventDefault();
    // The input would take the text apart once more, and say nothing.
    event.stopPropagation();
    setPasted(taken);
    if (taken.added > 0) onChange(taken.values);
  }
  return (
    <>
      <TagsInput
        size="xs"
        aria-label={`Values ${name}`}
        classNames={{ input: styles.values, pillsList: styles.pills, pill: styles.pill, inputField: styles.pillInput }}
        openOnFocus={false}
        data={[...counts.keys()]}
        value={values}
        onChange={(next) => {
          setPasted(null);
          onChange(next.length === 0 ? undefined : tidyValues(next));
        }}
        onFocus={() => setWanted(true)}
        wrapperProps={{ onPasteCapture: paste }}
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
      {pasted && <PasteNote pasted={pasted} />}
    </>
  );
}

function PasteNote({ pasted: { added, repeated, left } }: { readonly pasted: PastedValues }) {
  const parts = [`${formatCount(added, "value")} added`, repeated > 0 ? `${formatNumber(repeated)} repeated` : ""];
  return (
    <span className={styles.pasted} role="status">
      <span>
        {parts.filter((part) => part !== "").join(", ")}
        {left > 0 && (
          <>
            ; {formatNumber(left)} did not fit, a rule takes {formatNumber(bounds.values)}. Customers’ ids belong on a{" "}
            <TextLink href="/segments/new?from=ids">managed list</TextLink>.
          </>
        )}
      </span>
    </span>
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
