"use client";

import { Button, MultiSelect, Select } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { Section } from "@/components/ui/section";
import { purposeListQuery, regionListQuery } from "@/lib/catalogue/queries";
import type { Import, ImportPreview } from "@/lib/customers/contract";
import { startImport } from "@/lib/customers/mutations";
import { type ColumnPlan, type ImportPlan, mappingOf, planFaults, suggestedPlan } from "./column-plan";
import { ColumnTable } from "./column-table";
import { FirstRows } from "./first-rows";
import styles from "./imports.module.css";

type MapStepProps = {
  readonly file: File;
  readonly preview: ImportPreview;
  readonly onBack: () => void;
  readonly onStarted: (started: Import) => void;
};

export function MapStep(props: MapStepProps) {
  const purposes = useQuery(purposeListQuery()).data?.items;
  const regions = useQuery(regionListQuery()).data?.items;
  if (!purposes || !regions) return null;
  return <MapForm {...props} purposes={purposes} regions={regions} />;
}

type Named = { readonly key: string; readonly name: string };
type MapFormProps = MapStepProps & { readonly purposes: readonly Named[]; readonly regions: readonly Named[] };

function MapForm({ file, preview, onBack, onStarted, purposes, regions }: MapFormProps) {
  const [plan, setPlan] = useState<ImportPlan>(() =>
    suggestedPlan(
      preview,
      purposes.map(({ key }) => key),
    ),
  );
  const start = useMutation(startImport);
  const faults = planFaults(plan);
  const hasRegionColumn = plan.columns.some(({ use }) => use === "region");
  const change = (changed: ColumnPlan) =>
    setPlan({ ...plan, columns: plan.columns.map((each) => (each.column === changed.column ? changed : each)) });
  return (
    <div className={styles.stack}>
      <Section
        title="Columns"
        count={preview.columns.length}
        aside={`${preview.format}${preview.gzip ? ", gzip" : ""}, ${preview.encoding}`}
      >
        {preview.warnings.map((warning) => (
          <p key={warning} className={styles.warning}>
            {warning}
          </p>
        ))}
        <ColumnTable preview={preview} columns={plan.columns} purposes={purposes} onChange={change} />
      </Section>
      <Section title="For everyone in the file">
        <div className={styles.options}>
          <Select
            label="Region"
            description={hasRegionColumn ? "A column says it." : "Without a region a customer is a member nowhere."}
            disabled={hasRegionColumn}
            clearable
            data={regions.map(({ key, name }) => ({ value: key, label: name }))}
            value={hasRegionColumn ? null : plan.region}
            onChange={(region) => setPlan({ ...plan, region })}
          />
          <MultiSelect
            label="Consent granted for"
            description="Only where you hold proof of it."
            data={purposes.map(({ key, name }) => ({ value: key, label: name }))}
            value={[...plan.granted]}
            onChange={(granted) => setPlan({ ...plan, granted })}
          />
        </div>
      </Section>
      <FirstRows preview={preview} />
      {start.isError && <ErrorState error={start.error} title="The import was not started" />}
      <div className={styles.foot}>
        <ul className={styles.faults}>
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
        <Button onClick={onBack}>Another file</Button>
        <Button
          variant="filled"
          disabled={faults.length > 0}
          loading={start.isPending}
          onClick={() =>
            start.mutate({ file, mapping: mappingOf(plan) }, { onSuccess: (answer) => onStarted(answer.import) })
          }
        >
          Import
        </Button>
      </div>
    </div>
  );
}
