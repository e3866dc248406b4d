"use client";

import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { environmentListQuery } from "@/lib/releases/queries";

type EnvironmentChoiceProps = {
  readonly environments: readonly string[];
  readonly value: string;
  readonly onChange: (environment: string) => void;
};

/** Production where it is among them. */
export function preferredEnvironment(environments: readonly string[]): string {
  return environments.includes("production") ? "production" : (environments[0] ?? "production");
}

/** Of the environments where something is served, which. */
export function EnvironmentChoice({ environments, value, onChange }: EnvironmentChoiceProps) {
  const known = useQuery(environmentListQuery()).data?.items ?? [];
  return (
    <SegmentedControl
      aria-label="Environment"
      value={value}
      onChange={onChange}
      data={environments.map((key) => ({ value: key, label: known.find((each) => each.key === key)?.name ?? key }))}
    />
  );
}
