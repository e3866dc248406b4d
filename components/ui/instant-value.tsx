"use client";

import { UtcPicker } from "./utc-picker";
import type { ValueControlProps } from "./value-control";

export function InstantValue({ value, onChange, name, wrong, disabled }: ValueControlProps) {
  return (
    <UtcPicker
      size="xs"
      aria-label={`Instant in UTC ${name}`}
      value={typeof value === "string" ? value : null}
      onChange={onChange}
      error={wrong}
      disabled={disabled}
    />
  );
}
