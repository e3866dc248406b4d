"use client";

import { NumberInput, type NumberInputProps } from "@mantine/core";
import { useState } from "react";

type NumberFieldProps = Omit<NumberInputProps, "value" | "onChange" | "defaultValue" | "type"> & {
  readonly value: number | undefined;
  /** Undefined while what is typed is no number. */
  readonly onChange: (value: number | undefined) => void;
};

/** A number that can be typed freely: "0." and "-" stay as they are while they lead to one. */
export function NumberField({ value, onChange, ...rest }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | number>(value ?? "");
  const shown = numberOf(typed) === value ? typed : (value ?? "");
  return (
    <NumberInput
      thousandSeparator=","
      {...rest}
      value={shown}
      onChange={(next) => {
        setTyped(next);
        onChange(numberOf(next));
      }}
    />
  );
}

function numberOf(typed: string | number): number | undefined {
  if (typeof typed === "number") return Number.isFinite(typed) ? typed : undefined;
  const number = typed.trim() === "" ? Number.NaN : Number(typed);
  return Number.isFinite(number) ? number : undefined;
}
