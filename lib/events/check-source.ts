import type { Attribute, EventType } from "../catalogue/definition";
import type { ComputedAttribute } from "../engine/engine";
import type { Finding } from "../findings";
import { checkComputation } from "../rules/check-computation";
import { blocking } from "../rules/rule-finding";
import { unknownName } from "../rules/unknown-name";

export type SourceCheck =
  /** `computed` for a computed attribute. */
  | { readonly ok: true; readonly computed: ComputedAttribute | null }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** Whether an attribute says what its source asks for: a computation that fits, a model, or neither. */
export function checkSource(attribute: Attribute, eventTypes: ReadonlyMap<string, EventType>): SourceCheck {
  const { source, computation, model } = attribute;
  const findings: Finding[] = [];
  if (source !== "computed" && computation !== undefined)
    findings.push(surplus("computation", `An attribute that is ${nounOf(source)} is not computed.`));
  if (source !== "score" && model !== undefined)
    findings.push(surplus("model", "Only a score has a model; give it the source score, or leave the model out."));
  if (source === "score") findings.push(...checkModel(model));
  if (findings.length > 0) return { ok: false, findings };
  return source === "computed" ? checkComputed(attribute, eventTypes) : { ok: true, computed: null };
}

function nounOf(source: Attribute["source"]): string {
  return source === "score" ? "a score" : source;
}

function surplus(field: "computation" | "model", message: string): Finding {
  return blocking(`surplus-${field}`, [field], message, `Leave the ${field} out, or change the source.`);
}

const modelPattern = /^[A-Za-z0-9][A-Za-z0-9._-]*-v?\d[A-Za-z0-9._-]*$/;

function checkModel(model: string | undefined): Finding[] {
  const resolution = 'Give the model\'s name and version, as "churn-v12".';
  if (model === undefined) return [blocking("missing-model", ["model"], "A score does not say its model.", resolution)];
  if (modelPattern.test(model)) return [];
  return [blocking("bad-model", ["model"], `The model "${model}" does not say its version.`, resolution)];
}

function checkComputed(attribute: Attribute, eventTypes: ReadonlyMap<string, EventType>): SourceCheck {
  const { computation } = attribute;
  if (computation === undefined) {
    const message = "A computed attribute does not say how it is computed.";
    const resolution = 'Give a computation, as { "event": "order", "aggregate": "count" }.';
    return { ok: false, findings: [blocking("missing-computation", ["computation"], message, resolution)] };
  }
  const event = eventTypes.get(computation.event);
  if (!event) {
    const wanted = { kind: "event type", given: computation.event, path: ["computation", "event"] } as const;
    return { ok: false, findings: [unknownName({ ...wanted, known: eventTypes.keys() })] };
  }
  const checked = checkComputation(computation, event);
  if (!checked.ok) {
    const findings = checked.findings.map((finding) => ({ ...finding, path: `computation.${finding.path}` }));
    return { ok: false, findings };
  }
  const { type } = checked.computation;
  if (type === attribute.type) return { ok: true, computed: { attribute, event, computation: checked.computation } };
  const message = `The computation gives a ${type}, but the attribute is of type ${attribute.type.replace("_", " ")}.`;
  return { ok: false, findings: [blocking("bad-type", ["type"], message, `Give the type ${type}.`)] };
}
