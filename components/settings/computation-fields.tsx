"use client";

import { Button, Select } from "@mantine/core";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { NumberField } from "@/components/ui/number-field";
import { SentenceParts } from "@/components/ui/sentence-parts";
import { aggregates, type EventType, windowUnits } from "@/lib/catalogue/definition";
import { typeWords } from "@/lib/catalogue/type-words";
import { describeComputation } from "@/lib/rules/describe-computation";
import type { AttributeForm } from "./add-attribute-form";
import { aggregateWords } from "./catalogue-words";
import {
  type ComputationInput,
  type EventTypes,
  propertyChoices,
  resultingType,
  shownComputation,
} from "./computation-input";
import { FilterRow } from "./filter-row";
import styles from "./settings.module.css";

type ComputationFieldsProps = { readonly form: AttributeForm; readonly eventTypes: EventTypes };

/** How the attribute follows from events, and the same in words. */
export function ComputationFields({ form, eventTypes }: ComputationFieldsProps) {
  const { computation } = form.values;
  if (!computation) return null;
  if (eventTypes.length === 0)
    return (
      <EmptyState title="No event type is known" action={<LinkButton href="/settings/events">Add one</LinkButton>}>
        An attribute is computed from what customers do: an order, a session.
      </EmptyState>
    );
  const event = eventTypes.find(({ key }) => key === computation.event);
  const type = resultingType(computation, eventTypes);
  const change = (next: Partial<ComputationInput>) => form.setFieldValue("computation", { ...computation, ...next });
  return (
    <fieldset className={styles.computation}>
      <div className={styles.pair}>
        <Select
          label="Event"
          data={eventTypes.map(({ key, name }) => ({ value: key, label: name }))}
          allowDeselect={false}
          {...form.getInputProps("computation.event")}
          onChange={(key) => key && change({ event: key, property: undefined, filter: [] })}
        />
        <Select
          label="What of them"
          data={aggregates.map((aggregate) => ({ value: aggregate, label: aggregateWords[aggregate] }))}
          allowDeselect={false}
          {...form.getInputProps("computation.aggregate")}
          onChange={(aggregate) => change(aggregateInput(aggregate, computation.property))}
        />
      </div>
      {computation.aggregate !== "count" && (
        <Select
          label="Property"
          data={propertyChoices(event)}
          allowDeselect={false}
          {...form.getInputProps("computation.property")}
        />
      )}
      <WindowFields
        computation={computation}
        change={change}
        error={form.errors["computation.window"] ?? form.errors["computation.window.n"]}
      />
      <Filters form={form} computation={computation} event={event} change={change} />
      <p className={styles.sentence}>
        <SentenceParts parts={describeComputation(shownComputation(computation), event)} />{" "}
        <span className={styles.dim}>{type ? `Gives: ${typeWords[type]}.` : "It cannot be computed so yet."}</span>
      </p>
    </fieldset>
  );
}

function aggregateInput(chosen: string | null, property: string | undefined): Partial<ComputationInput> {
  const aggregate = aggregates.find((each) => each === chosen) ?? "count";
  return { aggregate, property: aggregate === "count" ? undefined : property };
}

type PartProps = {
  readonly computation: ComputationInput;
  readonly change: (next: Partial<ComputationInput>) => void;
};

function WindowFields({ computation, change, error }: PartProps & { readonly error: ReactNode }) {
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

type FiltersProps = PartProps & { readonly form: AttributeForm; readonly event: EventType | undefined };

function Filters({ form, computation, event, change }: FiltersProps) {
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

function errorOf({ errors }: AttributeForm, index: number): ReactNode {
  const fields = ["value", "operator", "property"].map((field) => errors[`computation.filter.${index}.${field}`]);
  return fields.find((error) => error !== undefined);
}
