"use client";

import { Box, SegmentedControl } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { ServerTable } from "@/components/ui/server-table";
import { dataQualityQuery } from "@/lib/ingest/queries";
import { arrivalColumns, qualityColumns } from "./data-quality-columns";
import styles from "./settings.module.css";

const spans = [
  { value: "24", label: "24 hours" },
  { value: "168", label: "7 days" },
  { value: "720", label: "30 days" },
];

/** What came in from where, what of it was refused, and which attributes lack values or have gone silent. */
export function DataQualitySettings() {
  const [hours, setHours] = useState("24");
  const quality = useQuery({ ...dataQualityQuery(Number(hours)), placeholderData: keepPreviousData });
  const reading = {
    fetching: quality.isFetching,
    error: quality.error,
    onRetry: () => void quality.refetch(),
  };
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.said}>
          What customers, events and consents came in, by key and by import, and what of it was not taken over.
        </span>
        <SegmentedControl size="xs" aria-label="How far back" data={spans} value={hours} onChange={setHours} />
      </div>
      <ServerTable
        label="What came in"
        columns={arrivalColumns}
        rows={quality.data?.sources}
        idOf={(item) => `${item.source} ${item.target}`}
        {...reading}
        empty={
          <EmptyState title="Nothing came in">
            A key with the right “ingest” brings customers, events and consents; files are imported under Imports.
          </EmptyState>
        }
      />
      <Box mt="lg">
        <Section title="Attributes" count={quality.data?.attributes.length}>
          <ServerTable
            label="Attributes by how they arrive"
            columns={qualityColumns}
            rows={quality.data?.attributes}
            idOf={(item) => item.key}
            {...reading}
            empty={<EmptyState title="No attribute yet">Add one under Attributes.</EmptyState>}
          />
        </Section>
      </Box>
    </>
  );
}
