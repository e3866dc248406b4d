import type { QueryKey } from "@tanstack/react-query";
import { notFound } from "next/navigation";
import { isDomainError } from "@/lib/errors";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import { segmentOverviewQuery } from "@/lib/releases/queries";
import { segmentOverview } from "@/lib/releases/server/segment-overview";
import type { Context } from "@/lib/server/context";
import { knownChoices } from "./known-choices";

type KnownSegment = { readonly overview: SegmentOverview; readonly known: (readonly [QueryKey, unknown])[] };

/** A segment and everything its pages start with; the missing page where there is none. */
export async function knownSegment(ctx: Context, key: string): Promise<KnownSegment> {
  const [overview, choices] = await Promise.all([findOverview(ctx, key), knownChoices(ctx)]);
  return { overview, known: [[segmentOverviewQuery(key).queryKey, overview], ...choices] };
}

async function findOverview(ctx: Context, key: string): Promise<SegmentOverview> {
  try {
    return await segmentOverview(ctx, key);
  } catch (error) {
    if (isDomainError(error) && error.code === "not-found") notFound();
    throw error;
  }
}
