"use client";

import { ActionIcon, Select, TagsInput, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { z } from "zod";
import { InstantValue } from "@/components/ui/instant-value";
import { NumberValue, RangeValue } from "@/components/ui/number-value";
import type { ValueControl, ValueControlProps } from "@/components/ui/value-control";
import { BooleanValue, WindowValue } from "@/components/ui/window-value";
import type { Attribute, EventType } from "@/lib/catalogue/definition";
import { bounds, operatorsByType } from "@/lib/rules/definition";
import { eventVocabulary } from "@/lib/rules/event-vocabulary";
import { operatorWords } from "@/lib/rules/operator-words";
import { tidyValues } from "@/lib/rules/split-values";
import { carryValue, isOperatorOf, type ValueShape, valueShape } from "@/lib/rules/value-shape";
import type { FilterInput } from "./computation-input";
import styles from "./settings.module.css";

type FilterRowProps = {
  readonly number: number;
  readonly filter: FilterInput;
  readonly event: EventType | undefined;
  readonly error: ReactNode;
  readonly onFilter: (filter: FilterInput) => void;
  readonly onRemove: () => void;
};

/** One condition on the events that count, in the rule language. */
export function FilterRow({ number, filter, event, error, onFilter, onRemove }: FilterRowProps) {
  const { attributes } = eventVocabulary(event);
  const property = attributes.get(filter.property);
  return (
    <div className={styles.filter}>
      <Select
        size="xs"
        aria-label={`Property of condition ${number}`}
        data={[...attributes.values()].map(({ key, name }) => ({ value: key, label: name }))}
        allowDeselect={false}
        value={filter.property}
        onChange={(key) => key && onFilter(fittingFilter({ ...filter, property: key }, attributes.get(key)))}
      />
      <Select
        size="xs"
        aria-label={`Comparison of condition ${number}`}
        data={
          property ? operatorsByType[property.type].map((each) => ({ value: each, label: operatorWords[each] })) : []
        }
        allowDeselect={false}
        value={filter.operator}
        onChange={(operator) => operator && onFilter(fittingFilter({ ...filter, operator }, property))}
      />
      <FilterValue number={number} filter={filter} property={property} wrong={Boolean(error)} onFilter={onFilter} />
      <ActionIcon size={24} aria-label={`Remove condition ${number}`} onClick={onRemove}>
        <IconX size={14} stroke={1.6} />
      </ActionIcon>
      {error && <div className={styles.wrong}>{error}</div>}
    </div>
  );
}

const controls: Record<ValueShape, ValueControl> = {
  none: () => <span />,
  text: PlainText,
  texts: PlainTexts,
  number: NumberValue,
  range: RangeValue,
  boolean: BooleanValue,
  instant: InstantValue,
  window: WindowValue,
};

type FilterValueProps = Pick<FilterRowProps, "number" | "filter" | "onFilter"> & {
  readonly property: Attribute | undefined;
  readonly wrong: boolean;
};

function FilterValue({ number, filter, property, wrong, onFilter }: FilterValueProps) {
  if (!property || !isOperatorOf(property.type, filter.operator)) return <span />;
  const Control = controls[valueShape(property.type, filter.operator)];
  return (
    <Control
      attribute={property}
      operator={filter.operator}
      value={filter.value}
      onChange={(value) => onFilter(withValue(filter, value))}
      name={`of condition ${number}`}
      wrong={wrong}
      disabled={false}
    />
  );
}

function PlainText({ value, onChange, name, wrong }: ValueControlProps) {
  return (
    <TextInput
      size="xs"
      aria-label={`Value ${name}`}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={wrong}
    />
  );
}

function PlainTexts({ value, onChange, name, wrong }: ValueControlProps) {
  return (
    <TagsInput
      size="xs"
      aria-label={`Values ${name}`}
      value={Array.isArray(value) ? value.filter((each) => typeof each === "string") : []}
      onChange={(next) => onChange(next.length === 0 ? undefined : tidyValues(next))}
      splitChars={[",", ";", "\n", "\t"]}
      maxTags={bounds.values}
      acceptValueOnBlur
      error={wrong}
    />
  );
}

/** An operator that the property's type has, and of the value what still makes sense. */
function fittingFilter(filter: FilterInput, property: Attribute | undefined): FilterInput {
  if (!property) return filter;
  const operator = isOperatorOf(property.type, filter.operator) ? filter.operator : operatorsByType[property.type][0];
  return withValue({ ...filter, operator }, carryValue(filter.value, valueShape(property.type, operator)));
}

function withValue({ property, operator }: FilterInput, value: unknown): FilterInput {
  const json = z.json().safeParse(value);
  return json.success ? { property, operator, value: json.data } : { property, operator };
}
