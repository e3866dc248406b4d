"use client";

import { NumberInput } from "@mantine/core";

type RolloutFieldProps = {
  /** What is typed: a number once it is one. */
  readonly value: number | string;
  readonly onChange: (value: number | string) => void;
  readonly valid: boolean;
};

/** A share of customers in per cent. */
export function RolloutField({ value, onChange, valid }: RolloutFieldProps) {
  return (
    <NumberInput
      label="Rollout"
      description="Share of the customers whom the rule takes; the same ones each time."
      suffix=" %"
      min={0.01}
      max={100}
      decimalScale={2}
      value={value}
      onChange={onChange}
      error={valid ? undefined : "More than 0 and at most 100."}
    />
  );
}
