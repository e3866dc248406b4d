"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/components/ui/error-state";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { eventTypeListQuery } from "@/lib/events/queries";
import { ComputationFields } from "./computation-fields";
import type { ComputationForm } from "./computation-input";

/** The fields of a computation, once the kinds of events are known. */
export function ComputationPart({ form }: { readonly form: ComputationForm }) {
  const { data, error, refetch } = useQuery(eventTypeListQuery());
  if (data) return <ComputationFields form={form} eventTypes={data.items} />;
  if (!error) return <TableSkeleton rows={3} />;
  return <ErrorState error={error} title="The event types could not be read" onRetry={() => void refetch()} />;
}
