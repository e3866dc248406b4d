"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Access } from "@/lib/customers/access-purpose";

const accessKey = ["access-purpose"];

/** What personal values are looked at for: asked once, and forgotten when the page is left for good or loaded anew. */
export function useAccess() {
  const client = useQueryClient();
  const { data: access } = useQuery<Access | null>({
    ...{ queryKey: accessKey, queryFn: () => null, initialData: null },
    ...{ staleTime: "static", gcTime: Number.POSITIVE_INFINITY },
  });
  return { access, setAccess: (next: Access | null) => client.setQueryData<Access | null>(accessKey, next) };
}
