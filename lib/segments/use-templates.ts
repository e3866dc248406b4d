"use client";

import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { AttributeStatisticsAnswer } from "../catalogue/contract";
import { attributeStatisticsQuery } from "../catalogue/queries";
import { useCatalogue } from "../catalogue/use-catalogue";
import type { KnownStatistics } from "./fitting-attribute";
import { attributesOfTemplates, type SegmentTemplate, segmentTemplates } from "./templates";

const staleMs = 300_000;

/** The templates over the catalogue as it is, with values that fit the data as soon as its statistics are known. */
export function useTemplates(): readonly SegmentTemplate[] {
  const { catalogue } = useCatalogue();
  const keys = useMemo(() => (catalogue ? attributesOfTemplates(catalogue) : []), [catalogue]);
  const statistics = useQueries({
    queries: keys.map((key) => ({ ...attributeStatisticsQuery(key), staleTime: staleMs })),
    combine: knownOf,
  });
  return useMemo(() => (catalogue ? segmentTemplates(catalogue, statistics) : []), [catalogue, statistics]);
}

function knownOf(answers: UseQueryResult<AttributeStatisticsAnswer>[]): KnownStatistics {
  return new Map(answers.flatMap(({ data }) => (data ? [[data.attribute.key, data] as const] : [])));
}
