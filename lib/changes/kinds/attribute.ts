import { z } from "zod";
import { attributeSchema } from "../../catalogue/definition";
import { describeComputation } from "../../rules/describe-computation";
import { sentence } from "../../rules/phrase";
import { defineKind } from "../change-kind";

const { name, description, unit, labels, model, computation, arrivesEveryHours } = attributeSchema.shape;

/** Type and source are what its values are stored as: those do not change. */
export const attributeStateSchema = z.strictObject({
  ...{ name, description, unit, labels, model, computation, arrivesEveryHours },
});

export const attributeKind = defineKind({
  noun: "Attribute",
  schema: attributeStateSchema,
  proposedBy: ["catalogue.write", "guard.write"],
  decidedBy: ["guard.write"],
  lines: (state) => [
    ["Name", state.name],
    ["Means", state.description],
    ["Unit", state.unit ?? null],
    ["Labels", state.labels.toSorted().join(", ")],
    ["Model", state.model ?? null],
    ["Arrives at least every", state.arrivesEveryHours ? `${state.arrivesEveryHours} h` : null],
    ["Computed as", state.computation ? sentence(describeComputation(state.computation, undefined)) : null],
  ],
});
