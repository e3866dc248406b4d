"use client";

import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { ErrorLine } from "@/components/ui/error-state";
import { TimeAgo } from "@/components/ui/instant";
import { SentenceParts } from "@/components/ui/sentence-parts";
import type { AttributeItem } from "@/lib/catalogue/contract";
import type { Computation } from "@/lib/catalogue/definition";
import { refreshAttribute } from "@/lib/events/mutations";
import { eventTypeListQuery } from "@/lib/events/queries";
import { describeComputation } from "@/lib/rules/describe-computation";
import styles from "./settings.module.css";

/** What it says of a customer, and where that comes from. */
export function AttributeMeaning({ item }: { readonly item: AttributeItem }) {
  const { description, source, computation } = item;
  return (
    <>
      {description || (source === "stored" && <span className={styles.dim}>—</span>)}{" "}
      {source === "score" && <span className={styles.dim}>Score{item.model && ` of ${item.model}`}.</span>}
      {computation && <Computed item={item} computation={computation} />}
    </>
  );
}

type ComputedProps = { readonly item: AttributeItem; readonly computation: Computation };

function Computed({ item, computation }: ComputedProps) {
  const eventTypes = useQuery(eventTypeListQuery()).data?.items;
  const refresh = useMutation(refreshAttribute);
  const mayRefresh = useCan("catalogue.write");
  const event = eventTypes?.find(({ key }) => key === computation.event);
  return (
    <div className={styles.dim}>
      <SentenceParts parts={describeComputation(computation, event)} /> Computed{" "}
      {item.refreshedAt ? <TimeAgo at={item.refreshedAt} /> : "never yet"}.{" "}
      {mayRefresh && (
        <Button
          size="compact-xs"
          loading={refresh.isPending}
          aria-label={`Compute again: ${item.name}`}
          onClick={() => refresh.mutate(item.key)}
        >
          Compute again
        </Button>
      )}
      <ErrorLine error={refresh.error} />
    </div>
  );
}
