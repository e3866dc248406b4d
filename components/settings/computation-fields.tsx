"use client";

import { Select } from "@mantine/core";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { SentenceParts } from "@/components/ui/sentence-parts";
import { aggregates } from "@/lib/catalogue/definition";
import { typeWords } from "@/lib/catalogue/type-words";
import { describeComputation } from "@/lib/rules/describe-computation";
import { aggregateWords } from "./catalogue-words";
import {
  type ComputationForm,
  type ComputationInput,
  type EventTypes,
  propertyChoices,
  resultingType,
  shownComputation,
} from "./computation-input";
import { Filters, WindowFields } from "./computation-parts";
import styles from "./settings.module.css";

type ComputationFieldsProps = { readonly form: ComputationForm; readonly eventTypes: EventTypes };

/** How the attribute follows from events, and the same in words. */
export function ComputationFields({ form, eventTypes }: ComputationFieldsProps) {
  const { computation, propsOf } = form;
  if (!computation) return null;
  if (eventTypes.length === 0)
    return (
      <EmptyState title="No event type is known" action={<LinkButton href="/settings/events">Add one</LinkButton>}>
        An attribute is computed from what customers do: an order, a session.
      </EmptyState>
    );
  const event = eventTypes.find(({ key }) => key === computation.event);
  const type = resultingType(computation, eventTypes);
  const change = (next: Partial<ComputationInput>) => form.onComputation({ ...computation, ...next });
  return (
    <fieldset className={styles.computation}>
      <div className={styles.pair}>
        <Select
          label="Event"
          data={eventTypes.map(({ key, name }) => ({ value: key, label: name }))}
          allowDeselect={false}
          {...propsOf("computation.event")}
          onChange={(key) => key && change({ event: key, property: undefined, filter: [] })}
        />
        <Select
          label="What of them"
          data={aggregates.map((aggregate) => ({ value: aggregate, label: aggregateWords[aggregate] }))}
          allowDeselect={false}
          {...propsOf("computation.aggregate")}
          onChange={(aggregate) => change(aggregateInput(aggregate, computation.property))}
        />
      </div>
      {computation.aggregate !== "count" && (
        <Select
          label="Property"
          data={propertyChoices(event)}
          allowDeselect={false}
          {...propsOf("computation.property")}
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
