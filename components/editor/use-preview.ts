"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Finding } from "@/lib/findings";
import type { Preview } from "@/lib/previews/contract";
import { previewQuery } from "@/lib/previews/queries";
import type { SegmentDocument } from "@/lib/segments/document";

export type LivePreview = {
  /** The newest numbers there are, of this document or of an earlier one. */
  readonly preview: Preview | null;
  readonly findings: readonly Finding[];
  /** The numbers are of an earlier document. */
  readonly stale: boolean;
  /** The document cannot be counted as it is. */
  readonly uncountable: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
};

const pauseMs = 250;

/** Counts what the editor holds after each pause; a question that is superseded is cancelled, old numbers stay. */
export function usePreview(document: SegmentDocument): LivePreview {
  const [asked] = useDebouncedValue(document, pauseMs);
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(previewQuery(asked));
  const [last, setLast] = useState(data);
  if (data && data !== last) setLast(data);
  const answer = data ?? last;
  const behind = asked !== document || isFetching || isPlaceholderData;
  return {
    preview: answer?.preview ?? null,
    findings: answer?.findings ?? [],
    stale: behind || error !== null || answer?.current === false,
    uncountable: !behind && answer?.current === false,
    error,
    retry: () => void refetch(),
  };
}
