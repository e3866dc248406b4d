import type { z } from "zod";
import type { ImpactCause } from "../guards/impact-steps";
import type { Profile } from "../rules/definition";
import { describeActual } from "../rules/describe-value";
import { attributeName, type RuleVocabulary } from "../rules/vocabulary";
import type { impactSampleSchema } from "./contract";

export type SampleWording = {
  /** Keys of the attributes to tell, in order. */
  readonly attributes: readonly string[];
  readonly vocabulary: RuleVocabulary;
  readonly isMasked: (attribute: string, value: unknown) => boolean;
};

/** One customer who would enter or leave, with the values that the rule looks at. */
export function sampleOf(
  profile: Profile,
  cause: ImpactCause,
  { attributes, vocabulary, isMasked }: SampleWording,
): z.infer<typeof impactSampleSchema> {
  const values = attributes.map((key) => {
    const value = profile.attributes[key];
    const isInstant = vocabulary.attributes.get(key)?.type === "timestamp";
    const text = isMasked(key, value) ? null : describeActual(value, { isInstant });
    return { attribute: key, name: attributeName(key, vocabulary), text };
  });
  return { customer: profile.id, cause, region: profile.region ?? null, values };
}
