import { z } from "zod";
import { approvingRoles } from "../access/permissions";
import { keySchema, newKeySchema, someKeysSchema } from "../catalogue/definition";

export const labelEffects = ["refuse", "warn", "approval"] as const;
export type LabelEffect = (typeof labelEffects)[number];

/** Of each that is given one must be met; without any the policy holds wherever the label is. */
export const labelUseSchema = z.strictObject({
  purposes: someKeysSchema.optional(),
  /** Names of treatments. */
  treatments: someKeysSchema.optional(),
  /** Regions in which a consumer runs. */
  destinations: someKeysSchema.optional(),
});

/** What two people decide on: the policy without who changed it when. */
export const labelPolicyContentSchema = z
  .strictObject({
    name: z.string().trim().min(1, "A policy has a name.").max(120),
    description: z.string().max(2_000).default(""),
    label: keySchema,
    when: labelUseSchema,
    effect: z.enum(labelEffects),
    /** Whose approval is asked for. */
    role: z
      .enum(approvingRoles, `One of ${approvingRoles.join(", ")}: only they review.`)
      .nullable()
      .default(null),
    enabled: z.boolean().default(true),
  })
  .refine(({ effect, role }) => (effect === "approval") === (role !== null), {
    path: ["role"],
    error: "A policy that asks for an approval says whose; any other says nobody's.",
  });
export type LabelPolicyContent = z.output<typeof labelPolicyContentSchema>;

export const labelPolicySchema = labelPolicyContentSchema.safeExtend({ key: newKeySchema });
export type LabelPolicy = z.output<typeof labelPolicySchema>;

export type LabelPolicyNames = {
  readonly purposes?: ReadonlyMap<string, string>;
  readonly regions?: ReadonlyMap<string, string>;
};

/** "personal for Marketing, sent to a consumer that runs in United States: refused". */
export function labelPolicyInWords(
  { label, when, effect, role }: Pick<LabelPolicyContent, "label" | "when" | "effect" | "role">,
  names: LabelPolicyNames = {},
): string {
  const what = [label, ...labelUseInWords(when, names)].join(" ");
  return `${what}: ${effect === "approval" ? `asks for the approval of ${role}` : effectWords[effect]}`;
}

/** Each condition by itself: "for Marketing", "where treatments say pool", "at consumers that run in Europe". */
export function labelUseInWords(
  { purposes, treatments, destinations }: LabelPolicyContent["when"],
  { purposes: purposeNames, regions }: LabelPolicyNames = {},
): string[] {
  const either = (keys: readonly string[], named?: ReadonlyMap<string, string>) =>
    new Intl.ListFormat("en-GB", { type: "disjunction" }).format(keys.map((key) => named?.get(key) ?? key));
  return [
    ...(purposes ? [`for ${either(purposes, purposeNames)}`] : []),
    ...(treatments ? [`where treatments say ${either(treatments)}`] : []),
    ...(destinations ? [`at consumers that run in ${either(destinations, regions)}`] : []),
  ];
}

const effectWords = { refuse: "refused", warn: "a warning" } as const satisfies Partial<Record<LabelEffect, string>>;
