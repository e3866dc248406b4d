"use client";

import { Button, Select } from "@mantine/core";
import type { ReactNode } from "react";
import { NumberField } from "@/components/ui/number-field";
import { type EventType, windowUnits } from "@/lib/catalogue/definition";
import type { ComputationForm, ComputationInput } from "./computation-input";
import { FilterRow } from "./filter-row";
import styles from "./settings.module.css";

type PartProps = {
  readonly computation: ComputationInput;
  readonly change: (next: Partial<ComputationInput>) => void;
};

/** How far back events count. */
export function WindowFields({ computation, change, error }: PartProps & { readonly error: ReactNode }) {
  const { window } = computation;
  return (
    <div className={styles.pair}>
      <Select
        label="Of when"
        data={[
          { value: "all", label: "All there are" },
          { value: "window", label: "Of the last" },
        ]}
        allowDeselect={false}
        value={window ? "window" : "all"}
        onChange={(kind) => change({ window: kind === "window" ? { n: 90, unit: "days" } : undefined })}
      />
      {window && (
        <div className={styles.window}>
          <NumberField
            aria-label="How many"
            allowDecimal={false}
            allowNegative={false}
            value={window.n || undefined}
            onChange={(n) => change({ window: { ...window, n: n ?? 0 } })}
            error={error}
            w={90}
          />
          <Select
            aria-label="Unit of time"
            data={[...windowUnits]}
            allowDeselect={false}
            value={window.unit}
            onChange={(unit) => unit && change({ window: { ...window, unit } })}
          />
        </div>
      )}
    </div>
  );
}

type FiltersProps = PartProps & { readonly form: ComputationForm; readonly event: EventType | undefined };

/** Which events count. */
export function Filters({ form, computation, event, change }: FiltersProps) {
  const filter = computation.filter ?? [];
  return (
    <div className={styles.filters}>
      {filter
        .map((each, index) => ({ each, index, number: index + 1 }))
        .map(({ each, index, number }) => (
          <FilterRow
            key={number}
            number={number}
            filter={each}
            event={event}
            error={errorOf(form, index)}
            onFilter={(next) => change({ filter: filter.with(index, next) })}
            onRemove={() => change({ filter: filter.toSpliced(index, 1) })}
          />
        ))}
      <div>
        <Button
          size="xs"
          disabled={!event || event.properties.length === 0}
          onClick={() => {
            const first = event?.properties[0];
            if (first) change({ filter: [...filter, { property: first.key, operator: "is_set" }] });
          }}
        >
          Only events where …
        </Button>
      </div>
    </div>
  );
}

function errorOf({ errors }: ComputationForm, index: number): ReactNode {
  const fields = ["value", "operator", "property"].map((field) => errors[`computation.filter.${index}.${field}`]);
  return fields.find((error) => error !== undefined);
}
