"use client";

import { NumberField } from "./number-field";
import type { ValueControlProps } from "./value-control";
import styles from "./value-control.module.css";

export function NumberValue({ attribute, value, onChange, name, wrong, disabled }: ValueControlProps) {
  return (
    <span className={styles.line}>
      <NumberField
        size="xs"
        className={styles.number}
        aria-label={`Value ${name}`}
        value={typeof value === "number" ? value : undefined}
        onChange={onChange}
        error={wrong}
        disabled={disabled}
      />
      {attribute.unit && <span className={styles.unit}>{attribute.unit}</span>}
    </span>
  );
}

/** Both ends are included; an end that is not given yet is null, for the check to find. */
export function RangeValue({ attribute, value, onChange, name, wrong, disabled }: ValueControlProps) {
  const [low, high] = endsOf(value);
  const shared = { size: "xs", className: styles.number, error: wrong, disabled };
  const set = (ends: readonly (number | undefined)[]) => onChange(ends.map((end) => end ?? null));
  return (
    <span className={styles.line}>
      <NumberField {...shared} aria-label={`Lower end ${name}`} value={low} onChange={(next) => set([next, high])} />
      <span className={styles.unit}>and</span>
      <NumberField {...shared} aria-label={`Upper end ${name}`} value={high} onChange={(next) => set([low, next])} />
      {attribute.unit && <span className={styles.unit}>{attribute.unit}</span>}
    </span>
  );
}

function endsOf(value: unknown): readonly [number | undefined, number | undefined] {
  const [low, high]: readonly unknown[] = Array.isArray(value) ? value : [];
  return [typeof low === "number" ? low : undefined, typeof high === "number" ? high : undefined];
}
