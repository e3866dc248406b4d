import type { FormErrors, GetInputPropsReturnType } from "@mantine/form";
import type { z } from "zod";
import {
  type AttributeType,
  type Computation,
  computationSchema,
  type EventType,
  instantOfEvent,
} from "@/lib/catalogue/definition";
import { checkComputation } from "@/lib/rules/check-computation";

export type EventTypes = readonly EventType[];
export type ComputationInput = z.input<typeof computationSchema>;
export type FilterInput = NonNullable<ComputationInput["filter"]>[number];

/** The part of a form that says how an attribute follows from events. */
export type ComputationForm = {
  readonly computation: ComputationInput | undefined;
  readonly errors: FormErrors;
  readonly propsOf: (field: string) => GetInputPropsReturnType;
  readonly onComputation: (computation: ComputationInput) => void;
};

export function blankComputation(eventTypes: EventTypes): ComputationInput {
  return { event: eventTypes[0]?.key ?? "", aggregate: "count", filter: [] };
}

/** With what is not chosen yet left blank. */
export function shownComputation(input: ComputationInput): Computation {
  return { ...input, filter: input.filter ?? [] };
}

/** What the attribute holds; undefined while the computation does not fit its event type. */
export function resultingType(input: ComputationInput | undefined, eventTypes: EventTypes): AttributeType | undefined {
  const computation = computationSchema.safeParse(input).data;
  const event = eventTypes.find(({ key }) => key === computation?.event);
  const checked = computation && event && checkComputation(computation, event);
  return checked?.ok ? checked.computation.type : undefined;
}

/** Its own instant, then its properties. */
export function propertyChoices(event: EventType | undefined): { value: string; label: string }[] {
  const properties = event?.properties.map(({ key, name }) => ({ value: key, label: name })) ?? [];
  return [...properties, { value: instantOfEvent, label: "Instant of the event" }];
}
