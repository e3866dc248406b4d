"use client";

import { MultiSelect, Select, Switch, TagsInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { ErrorState } from "@/components/ui/error-state";
import { Section } from "@/components/ui/section";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { policySimulationQuery } from "@/lib/changes/queries";
import { criticalities } from "@/lib/segments/document";
import type { ApprovalPolicy } from "@/lib/versions/approval-policy";
import { reviewQueueQuery } from "@/lib/versions/queries";
import type { simulatedFactsSchema } from "@/lib/versions/simulation-contract";
import { PercentField } from "./percent-field";
import styles from "./policies.module.css";
import { SimulatedEnvironments } from "./simulated-environments";
import { usePolicyVocabulary } from "./use-policy-names";

type Facts = z.input<typeof simulatedFactsSchema>;
type PolicySimulatorProps = {
  /** In place of the stored ones: as they are being edited. */
  readonly policies?: readonly ApprovalPolicy[];
};

const imagined = "imagined";

/** What would this change need? Of a version under review, or of a change that nobody wrote yet. */
export function PolicySimulator({ policies }: PolicySimulatorProps) {
  const [of, setOf] = useState(imagined);
  const [facts, setFacts] = useState<Facts>({});
  const reviews = useQuery(reviewQueueQuery("all")).data?.items ?? [];
  const [asked] = useDebouncedValue(
    { ...(of === imagined ? { facts } : { versionId: of }), ...(policies ? { policies: [...policies] } : {}) },
    250,
  );
  const simulation = useQuery(policySimulationQuery(asked));
  const versions = reviews.map(({ version, segment }) => ({
    value: version.id,
    label: `${segment.name} v${version.number}`,
  }));
  return (
    <Section title="What would a change need?">
      <div className={styles.simulator}>
        <div className={styles.stack}>
          <Select
            label="Which change"
            data={[
              { value: imagined, label: "One that nobody wrote yet" },
              { group: "Under review", items: versions },
            ]}
            allowDeselect={false}
            value={of}
            onChange={(value) => setOf(value ?? imagined)}
          />
          {of === imagined && <FactFields facts={facts} onFacts={setFacts} />}
        </div>
        {simulation.data ? (
          <SimulatedEnvironments simulation={simulation.data} stale={simulation.isPlaceholderData} />
        ) : simulation.isError ? (
          <ErrorState error={simulation.error} onRetry={() => void simulation.refetch()} />
        ) : (
          <TableSkeleton rows={4} />
        )}
      </div>
    </Section>
  );
}

type FactFieldsProps = { readonly facts: Facts; readonly onFacts: (facts: Facts) => void };

function FactFields({ facts, onFacts }: FactFieldsProps) {
  const { purposes, labels } = usePolicyVocabulary();
  const change = (next: Partial<Facts>) => onFacts({ ...facts, ...next });
  return (
    <>
      <Select
        label="Criticality"
        data={[...criticalities]}
        allowDeselect={false}
        value={facts.criticality ?? "operational"}
        onChange={(criticality) => criticality && change({ criticality })}
      />
      <TagsInput
        label="Labels of the attributes it uses"
        data={labels}
        value={[...(facts.labels ?? [])]}
        onChange={(next) => change({ labels: next })}
      />
      <MultiSelect
        label="Purposes"
        data={purposes}
        value={[...(facts.purposes ?? [])]}
        onChange={(next) => change({ purposes: next })}
      />
      <TagsInput
        label="Treatments that change"
        value={[...(facts.treatments ?? [])]}
        onChange={(next) => change({ treatments: next })}
      />
      <div className={styles.pair}>
        <PercentField
          label="Of its members move"
          value={facts.movedShare}
          onChange={(movedShare) => change({ movedShare: movedShare ?? 0 })}
        />
        <PercentField
          label="Of all customers move"
          value={facts.populationShare}
          onChange={(populationShare) => change({ populationShare: populationShare ?? 0 })}
        />
      </div>
      <Switch
        label="It archives the segment"
        checked={facts.archive ?? false}
        onChange={(event) => change({ archive: event.currentTarget.checked })}
      />
    </>
  );
}
