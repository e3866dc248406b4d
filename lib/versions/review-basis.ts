import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { z } from "zod";
import { type ApprovalPolicy, hasThreshold, type ImpactSize, impactSizeSchema, isPassed } from "./approval-policy";

/**
 * What a review stands on besides the content: what the content refers to, as it was when somebody looked at it.
 * `rule`, `meaning` are SHA-256 of canonical JSON.
 */
export const reviewBasisSchema = z.object({
  /** By key, of the segments that the rule refers to, directly or through another; null for one that is not live. */
  segments: z.record(z.string(), z.object({ version: z.int(), rule: z.string() }).nullable()),
  /** By key, the newest version of each list that the rule names; 0 before the first upload. */
  lists: z.record(z.string(), z.int()),
  attributes: z.record(
    z.string(),
    z.object({ meaning: z.string(), labels: z.array(z.string()), model: z.string().nullable() }),
  ),
  /** By key, the lawful basis. */
  purposes: z.record(z.string(), z.string()),
  impact: impactSizeSchema.nullable(),
});
export type ReviewBasis = z.infer<typeof reviewBasisSchema>;

export const measuredSchema = z.object({ takenAt: z.iso.datetime(), basis: reviewBasisSchema });
export type Measured = z.infer<typeof measuredSchema>;

type Policies = readonly ApprovalPolicy[];

/** Names what a reviewer has before them: it changes only with what voids an approval, not with every customer. */
export function basisName({ impact, ...references }: ReviewBasis, policies: Policies): string {
  return hashOf({ ...references, passed: passedBy(impact, policies).map(({ key }) => key) });
}

export function hashOf(value: unknown): string {
  return createHash("sha256")
    .update(canonicalize(value) ?? "", "utf8")
    .digest("hex");
}

/** What has changed since, in words, one line for each thing; empty while an approval given then still stands. */
export function driftBetween(seen: ReviewBasis, now: ReviewBasis, policies: Policies): string[] {
  return [
    ...changedKeys(seen.segments, now.segments).map((key) => segmentInWords(key, now.segments[key])),
    ...changedKeys(seen.lists, now.lists).map((key) => `List ${key} has a version ${now.lists[key] ?? 0} now.`),
    ...changedKeys(seen.attributes, now.attributes).map((key) =>
      attributeInWords(key, seen.attributes[key], now.attributes[key]),
    ),
    ...changedKeys(seen.purposes, now.purposes).map((key) => `The lawful basis of ${key} has changed.`),
    ...grownPast(seen.impact, now.impact, policies),
  ];
}

/** The policies whose conditions on the size hold now and did not then, in words. */
export function grownPast(seen: ImpactSize | null, now: ImpactSize | null, policies: Policies): string[] {
  return passedBy(now, policies)
    .filter((policy) => !isPassed(policy, seen))
    .map(({ name }) => `The impact has grown: "${name}" applies now.`);
}

function passedBy(impact: ImpactSize | null, policies: Policies): Policies {
  return policies.filter((policy) => policy.enabled && hasThreshold(policy) && isPassed(policy, impact));
}

function changedKeys(seen: Readonly<Record<string, unknown>>, now: Readonly<Record<string, unknown>>): string[] {
  const keys = [...new Set([...Object.keys(seen), ...Object.keys(now)])].sort();
  return keys.filter((key) => canonicalize(seen[key] ?? null) !== canonicalize(now[key] ?? null));
}

function segmentInWords(key: string, now: ReviewBasis["segments"][string] | undefined): string {
  return now ? `Segment ${key} was released anew, as version ${now.version}.` : `Segment ${key} is not live any more.`;
}

type AttributeBasis = ReviewBasis["attributes"][string];

function attributeInWords(key: string, seen: AttributeBasis | undefined, now: AttributeBasis | undefined): string {
  if (seen === undefined || now === undefined) return `Attribute ${key} came or went.`;
  if (seen.model !== now.model) return `Score ${key} is of model ${now.model ?? "none"} now.`;
  if (seen.labels.join() !== now.labels.join())
    return `Attribute ${key} is labelled ${now.labels.join(", ") || "not"} now.`;
  return `Attribute ${key} means something else now.`;
}
