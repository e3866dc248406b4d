import type { Catalogue } from "../catalogue/definition";
import type { Finding } from "../findings";
import type { LabelPolicyContent } from "../guards/label-policy";
import { unknownName } from "../rules/unknown-name";

type Known = Pick<Catalogue, "attributes" | "purposes" | "regions">;

/** What a label policy names and is not there: such a condition would never be met. */
export function labelPolicyFindings({ when }: LabelPolicyContent, known: Known): Finding[] {
  const missing = (kind: "purpose" | "region", field: string, given: readonly string[] = [], keys: readonly string[]) =>
    given
      .filter((key) => !keys.includes(key))
      .map((key) => unknownName({ kind, given: key, path: ["when", field], known: keys }));
  return [
    ...missing("purpose", "purposes", when.purposes, [...known.purposes.keys()]),
    ...missing("region", "destinations", when.destinations, [...known.regions.keys()]),
  ];
}

/** A warning where no attribute carries the label: perhaps it is misspelt, perhaps it is to come. */
export function unusedLabelFindings({ label }: LabelPolicyContent, { attributes }: Known): Finding[] {
  if ([...attributes.values()].some(({ labels }) => labels.includes(label))) return [];
  const message = `No attribute is labelled "${label}".`;
  const resolution = "Check how the label is spelt, or label the attributes that are meant.";
  return [{ code: "unused-label", severity: "warning", message, path: "label", resolution }];
}
