"use client";

import { NumberField } from "@/components/ui/number-field";

type PercentFieldProps = {
  readonly label: string;
  readonly description?: string;
  /** 0 … 1. */
  readonly value: number | undefined;
  readonly onChange: (share: number | undefined) => void;
  readonly placeholder?: string;
  readonly error?: React.ReactNode;
};

/** A share, typed in per cent; empty is none. */
export function PercentField({ value, onChange, ...field }: PercentFieldProps) {
  return (
    <NumberField
      {...field}
      suffix=" %"
      min={0}
      max={100}
      allowNegative={false}
      value={value === undefined ? undefined : Number((value * 100).toFixed(6))}
      onChange={(percent) => onChange(percent === undefined ? undefined : percent / 100)}
    />
  );
}
