"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Finding } from "@/lib/findings";
import type { Preview } from "@/lib/previews/contract";
import { obstaclesToCounting } from "@/lib/previews/obstacles";
import { previewQuery } from "@/lib/previews/queries";
import type { DocumentVocabulary } from "@/lib/rules/vocabulary";
import { checkDocument } from "@/lib/segments/check-document";
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

/**
 * Counts what the editor holds after each pause; a question that is superseded is cancelled, old numbers stay. What
 * cannot be counted is not asked: the same check that the server makes says here and now what is wrong.
 */
export function usePreview(
  document: SegmentDocument,
  vocabulary: DocumentVocabulary,
  /** An attribute to split the members by. */
  by: string | undefined,
): LivePreview {
  const [asked] = useDebouncedValue(document, pauseMs);
  const check = useMemo(() => checkDocument(asked, vocabulary), [asked, vocabulary]);
  const countable = obstaclesToCounting(check).length === 0;
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    ...previewQuery(asked, { by }),
    enabled: countable,
  });
  const [last, setLast] = useState(data);
  if (data && data !== last) setLast(data);
  const answer = data ?? last;
  const behind = asked !== document || isFetching || isPlaceholderData;
  return {
    preview: answer?.preview ?? null,
    findings: countable ? (answer?.findings ?? check.findings) : check.findings,
    stale: behind || !countable || error !== null || answer?.current === false,
    uncountable: !countable || (!behind && answer?.current === false),
    error: countable ? error : null,
    retry: () => void refetch(),
  };
}
