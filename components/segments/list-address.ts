"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { type SegmentListQuery, segmentListQuerySchema } from "@/lib/segments/list-query";

const names = Object.keys(segmentListQuerySchema.shape) as (keyof SegmentListQuery)[];
const parsers = Object.fromEntries(names.map((name) => [name, parseAsString]));

export type ListFilter = {
  readonly [Name in keyof SegmentListQuery]?: string | number | boolean | readonly string[] | null;
};

/** The list's query as the address holds it; what is not a query falls back to the plain list. */
export function useListAddress(): readonly [SegmentListQuery, (change: ListFilter) => void] {
  const [texts, setTexts] = useQueryStates(parsers, { history: "replace" });
  const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== null));
  const parsed = segmentListQuerySchema.safeParse(given);
  const query = parsed.success ? parsed.data : segmentListQuerySchema.parse({});
  /** A new filter starts at the first page. */
  function change(filter: ListFilter): void {
    const next = { ...("page" in filter ? {} : { page: null }), ...filter };
    void setTexts(Object.fromEntries(Object.entries(next).map(([name, value]) => [name, textOf(value)])));
  }
  return [query, change];
}

function textOf(value: ListFilter[keyof ListFilter]): string | null {
  const text = Array.isArray(value) ? value.join(",") : value === null || value === undefined ? "" : String(value);
  return text === "" ? null : text;
}
