"use client";

import { NumberInput, Select } from "@mantine/core";
import { bounds, type Window, windowUnits } from "@/lib/rules/definition";
import { carryValue } from "@/lib/rules/value-shape";
import styles from "./builder.module.css";
import type { ValueControlProps } from "./value-control";
import { unitWords } from "./words";

const units = windowUnits.map((unit) => ({ value: unit, label: unitWords[unit] }));

/** A span of time back from, or on from, the instant of evaluation. */
export function WindowValue({ value, onChange, name, wrong, disabled }: ValueControlProps) {
  const window = windowOf(value);
  return (
    <span className={styles.line}>
      <NumberInput
        size="xs"
        className={styles.short}
        aria-label={`How many ${name}`}
        min={1}
        max={bounds.windowDays}
        allowDecimal={false}
        allowNegative={false}
        thousandSeparator=","
        value={window.n}
        onChange={(n) => typeof n === "number" && onChange({ ...window, n })}
        error={wrong}
        disabled={disabled}
      />
      <Select
        size="xs"
        className={styles.grow}
        aria-label={`Unit of time ${name}`}
        data={units}
        value={window.unit}
        onChange={(unit) => unit !== null && onChange({ ...window, unit })}
        allowDeselect={false}
        disabled={disabled}
      />
    </span>
  );
}

function windowOf(value: unknown): Window {
  const carried = carryValue(value, "window");
  return typeof carried === "object" && "n" in carried ? carried : { n: 30, unit: "days" };
}

const answers = [
  { value: "true", label: "yes" },
  { value: "false", label: "no" },
];

export function BooleanValue({ value, onChange, name, wrong, disabled }: ValueControlProps) {
  return (
    <Select
      size="xs"
      className={styles.instant}
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
