"use client";

import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import type { z } from "zod";
import type { attributeListSchema, purposeListSchema, regionListSchema } from "./contract";
import { type Catalogue, catalogueOf } from "./definition";
import { attributeListQuery, purposeListQuery, regionListQuery } from "./queries";

type Answers = [
  UseQueryResult<z.output<typeof attributeListSchema>>,
  UseQueryResult<z.output<typeof purposeListSchema>>,
  UseQueryResult<z.output<typeof regionListSchema>>,
];

/** What rules may speak of, once it is known; its error otherwise. */
export function useCatalogue(): { catalogue: Catalogue | undefined; error: unknown } {
  return useQueries({ queries: [attributeListQuery(), purposeListQuery(), regionListQuery()], combine: joined });
}

function joined([attributes, purposes, regions]: Answers): { catalogue: Catalogue | undefined; error: unknown } {
  const error = attributes.error ?? purposes.error ?? regions.error;
  if (!attributes.data || !purposes.data || !regions.data) return { catalogue: undefined, error };
  const parts = { attributes: attributes.data.items, purposes: purposes.data.items, regions: regions.data.items };
  return { catalogue: catalogueOf(parts), error };
}
