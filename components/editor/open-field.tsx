"use client";

import { createContext, useContext } from "react";

export const fieldKeys = [
  "include",
  "exclude",
  "purposes",
  "regions",
  "labels",
  "treatments",
  "lifecycle",
  "precedence",
  "objectives",
  "owner",
  "criticality",
  "name",
  "tags",
  "documentation",
  "standing",
  "tests",
] as const;
export type FieldKey = (typeof fieldKeys)[number];

type OpenField = { readonly openField: FieldKey | null; readonly setOpenField: (field: FieldKey | null) => void };

const Context = createContext<OpenField>({ openField: null, setOpenField: () => undefined });

export const OpenFieldProvider = Context.Provider;

export function useOpenField(): OpenField {
  return useContext(Context);
}

/** The field that a finding's path speaks of; null for the rule and for what has no field. */
export function fieldOfPath(path: string): FieldKey | null {
  const steps = path.split(/[.[]/).filter((step) => step !== "definition");
  const first = steps[0] ?? "";
  const other = { description: "name", exclusiveGroup: "precedence", key: "name" } as const;
  if (first in other) return other[first as keyof typeof other];
  return fieldKeys.find((field) => field === first) ?? null;
}
