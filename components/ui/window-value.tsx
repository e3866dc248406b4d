"use client";

import { Select } from "@mantine/core";
import { type WindowUnit, windowUnits } from "@/lib/catalogue/definition";
import { NumberField } from "./number-field";
import type { ValueControlProps } from "./value-control";
import styles from "./value-control.module.css";

const units = [...windowUnits];

/** A span of time back from, or on from, the instant of evaluation. */
export function WindowValue({ value, onChange, name, wrong, disabled }: ValueControlProps) {
  const { n, unit } = windowOf(value);
  return (
    <span className={styles.line}>
      <NumberField
        size="xs"
        className={styles.short}
        aria-label={`How many ${name}`}
        allowDecimal={false}
        allowNegative={false}
        value={n}
        onChange={(next) => onChange({ n: next ?? null, unit })}
        error={wrong}
        disabled={disabled}
      />
      <Select
        size="xs"
        className={styles.grow}
        aria-label={`Unit of time ${name}`}
        data={units}
        value={unit}
        onChange={(next) => next !== null && onChange({ n: n ?? null, unit: next })}
        allowDeselect={false}
        disabled={disabled}
      />
    </span>
  );
}

function windowOf(value: unknown): { readonly n: number | undefined; readonly unit: WindowUnit } {
  if (typeof value !== "object" || value === null) return { n: undefined, unit: "days" };
  const { n, unit }: { n?: unknown; unit?: unknown } = value;
  return { n: typeof n === "number" ? n : undefined, unit: windowUnits.find((each) => each === unit) ?? "days" };
}

const answers = [
  { value: "true", label: "yes" },
  { value: "false", label: "no" },
];

export function BooleanValue({ value, onChange, name, wrong, disabled }: ValueControlProps) {
  return (
    <Select
      size="xs"
      className={styles.grow}
      aria-label={`Value ${name}`}
      data={answers}
      value={String(value === true)}
      onChange={(next) => next !== null && onChange(next === "true")}
      allowDeselect={false}
      error={wrong}
      disabled={disabled}
    />
  );
}
