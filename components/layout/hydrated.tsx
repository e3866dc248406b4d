import { dehydrate, HydrationBoundary, type QueryKey } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { createQueryClient } from "@/lib/http/query-client";

type HydratedProps = {
  /** What the page has read already: a query's key, and the answer as its schema gives it. */
  readonly known: readonly (readonly [QueryKey, unknown])[];
  readonly children: ReactNode;
};

/** Hands what a server component read to the queries below, so that they start with it. */
export function Hydrated({ known, children }: HydratedProps) {
  const client = createQueryClient();
  for (const [key, answer] of known) client.setQueryData(key, answer);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
