"use client";

import { SegmentedControl } from "@mantine/core";
import type { CombinatorSelectorProps } from "react-querybuilder";
import { groupName } from "./place";

const kinds = [
  { value: "all", label: "All of" },
  { value: "any", label: "Any of" },
  { value: "none", label: "None of" },
];

/** All of, any of, none of: how a group joins its conditions. */
export function KindSelector({ value, handleOnChange, disabled, path }: CombinatorSelectorProps) {
  return (
    <SegmentedControl
      size="xs"
      data={kinds}
      value={value ?? "all"}
      onChange={handleOnChange}
      disabled={disabled ?? false}
      aria-label={groupName(path)}
    />
  );
}
