"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { attributeListQuery, purposeListQuery } from "@/lib/catalogue/queries";
import { environmentListQuery } from "@/lib/releases/queries";

type Named = { readonly key: string; readonly name: string };

/** What policies may speak of, as far as it is known yet. */
export function usePolicyVocabulary() {
  const environments = useQuery(environmentListQuery()).data?.items;
  const purposes = useQuery(purposeListQuery()).data?.items;
  const attributes = useQuery(attributeListQuery()).data?.items;
  return useMemo(
    () => ({
      environments: optionsOf(environments),
      purposes: optionsOf(purposes),
      numbers: optionsOf(attributes?.filter(({ type }) => type === "number")),
      labels: [...new Set(["personal", "special", ...(attributes ?? []).flatMap(({ labels }) => labels)])].sort(),
    }),
    [environments, purposes, attributes],
  );
}

export function usePolicyNames() {
  const { environments, purposes, numbers } = usePolicyVocabulary();
  return useMemo(
    () => ({ environments: mapOf(environments), purposes: mapOf(purposes), attributes: mapOf(numbers) }),
    [environments, purposes, numbers],
  );
}

type Option = { readonly value: string; readonly label: string };

function optionsOf(items: readonly Named[] | undefined): Option[] {
  return (items ?? []).map(({ key, name }) => ({ value: key, label: name }));
}

function mapOf(options: readonly Option[]): ReadonlyMap<string, string> {
  return new Map(options.map(({ value, label }) => [value, label]));
}
