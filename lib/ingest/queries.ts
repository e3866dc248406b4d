import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "../http/fetch-json";
import { dataQualitySchema } from "./contract";

export function dataQualityQuery(hours: number) {
  return queryOptions({
    queryKey: ["data-quality", hours],
    queryFn: ({ signal }) => fetchJson(dataQualitySchema, `/api/v1/data-quality?hours=${hours}`, { signal }),
    refetchInterval: 15_000,
  });
}
