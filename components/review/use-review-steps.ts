"use client";

import { useHotkeys } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { reviewQueueQuery } from "@/lib/versions/queries";

export type ReviewSteps = {
  readonly position: number | null;
  readonly total: number;
  readonly before?: string;
  readonly after?: string;
};

/** Where a version stands in the queue, with j and k bound to its neighbours. */
export function useReviewSteps(versionId: string): ReviewSteps {
  const router = useRouter();
  const { data } = useQuery(reviewQueueQuery("all"));
  const ids = data?.items.map((item) => item.version.id) ?? [];
  const at = ids.indexOf(versionId);
  const before = at > 0 ? ids[at - 1] : undefined;
  const after = at >= 0 ? ids[at + 1] : ids[0];
  useHotkeys([
    ["j", () => after && router.push(`/reviews/${after}`)],
    ["k", () => before && router.push(`/reviews/${before}`)],
  ]);
  return {
    position: at >= 0 ? at + 1 : null,
    total: ids.length,
    ...(before ? { before } : {}),
    ...(after ? { after } : {}),
  };
}
