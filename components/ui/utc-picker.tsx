"use client";

import { DateTimePicker, type DateTimePickerProps } from "@mantine/dates";

type UtcPickerProps = Omit<DateTimePickerProps, "value" | "onChange" | "defaultValue" | "valueFormat" | "type"> & {
  /** ISO 8601 in UTC. */
  readonly value: string | null | undefined;
  readonly onChange: (instant: string | undefined) => void;
};

/** An instant in UTC. The calendar beneath writes "2026-11-21 14:30:00" and knows no zone; here that always is UTC. */
export function UtcPicker({ value, onChange, ...rest }: UtcPickerProps) {
  return (
    <DateTimePicker
      placeholder="Choose an instant"
      {...rest}
      valueFormat="D MMM YYYY, HH:mm [UTC]"
      value={value ? value.slice(0, 19).replace("T", " ") : null}
      onChange={(picked) => onChange(picked === null ? undefined : instantOf(picked))}
    />
  );
}

function instantOf(picked: string): string {
  const text = picked.replace(" ", "T");
  return `${text.length === 10 ? `${text}T00:00:00` : text}Z`;
}
