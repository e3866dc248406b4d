"use client";

import { NumberInput } from "@mantine/core";
import styles from "./builder.module.css";
import type { ValueControlProps } from "./value-control";

const shared = { size: "xs", thousandSeparator: "," };

export function NumberValue({ attribute, value, onChange, name, wrong, disabled }: ValueControlProps) {
  return (
    <span className={styles.line}>
      <NumberInput
        {...shared}
        className={styles.number}
        aria-label={`Value ${name}`}
        value={typeof value === "number" ? value : ""}
        onChange={(next) => onChange(typeof next === "number" ? next : undefined)}
        error={wrong}
        disabled={disabled}
      />
      {attribute.unit && <span className={styles.unit}>{attribute.unit}</span>}
    </span>
  );
}

/** Both ends are included. */
export function RangeValue({ attribute, value, onChange, name, wrong, disabled }: ValueControlProps) {
  const [low, high] = endsOf(value);
  return (
    <span className={styles.line}>
      <NumberInput
        {...shared}
        className={styles.number}
        aria-label={`Lower end ${name}`}
        value={low ?? ""}
        onChange={(next) => onChange(rangeOf(next, high))}
        error={wrong}
        disabled={disabled}
      />
      <span className={styles.unit}>and</span>
      <NumberInput
        {...shared}
        className={styles.number}
        aria-label={`Upper end ${name}`}
        value={high ?? ""}
        onChange={(next) => onChange(rangeOf(low, next))}
        error={wrong}
        disabled={disabled}
      />
      {attribute.unit && <span className={styles.unit}>{attribute.unit}</span>}
    </span>
  );
}

function endsOf(value: unknown): readonly [number | undefined, number | undefined] {
  const [low, high]: readonly unknown[] = Array.isArray(value) ? value : [];
  return [typeof low === "number" ? low : undefined, typeof high === "number" ? high : undefined];
}

/** An end that is not there yet takes the other one's place, so that what is saved is always a range. */
function rangeOf(low: unknown, high: unknown): readonly number[] | undefined {
  const ends = [low, high].filter((end) => typeof end === "number");
  const [first, second = first] = ends;
  return first === undefined || second === undefined ? undefined : [first, second];
}
