import { z } from "zod";
import { type ApprovingRole, approvingRoles, type Role, roles } from "../access/permissions";
import { keySchema, newKeySchema, someKeysSchema } from "../catalogue/definition";
import { criticalities } from "../segments/document";

const share = z.number().min(0).max(1);

/** All that are given must hold; a list holds when any of it does. Without any condition a policy always applies. */
export const policyConditionsSchema = z.strictObject({
  environments: someKeysSchema.optional(),
  criticalities: z.array(z.enum(criticalities)).min(1).optional(),
  /** Of the attributes that the rule names, in the live or the new document. */
  labels: z.array(z.string().min(1).max(60)).min(1).max(64).optional(),
  purposes: someKeysSchema.optional(),
  /** Names of treatments that are added, changed or removed. */
  treatments: someKeysSchema.optional(),
  /** Those who enter or leave, as a share of the members until now. */
  movedShareAbove: share.optional(),
  /** Those who enter or leave, as a share of all customers. */
  populationShareAbove: share.optional(),
  /** The sum of a numeric attribute over those who enter or leave. */
  moneyMovedAbove: z.strictObject({ attribute: keySchema, amount: z.number().min(0) }).optional(),
  /** The segment is archived by it. */
  archive: z.literal(true).optional(),
});
export type PolicyConditions = z.infer<typeof policyConditionsSchema>;

export const policyAskSchema = z.strictObject({
  role: z.enum(approvingRoles, `One of ${approvingRoles.join(", ")}: only they review.`),
  count: z.int().min(1).max(10),
  /** Only people of the team that owns the segment. */
  ownerTeam: z.literal(true).optional(),
});

export type PolicyAsk = z.infer<typeof policyAskSchema>;

/** What two people decide on: the policy without who changed it when. */
export const policyContentSchema = z.strictObject({
  name: z.string().trim().min(1, "A policy has a name.").max(120),
  description: z.string().max(2_000).default(""),
  conditions: policyConditionsSchema,
  asks: z.array(policyAskSchema).min(1, "A policy asks for something.").max(10),
  enabled: z.boolean().default(true),
});
export const approvalPolicySchema = policyContentSchema.extend({ key: newKeySchema });
export type ApprovalPolicy = z.infer<typeof approvalPolicySchema>;

/** How many customers a change moves. Shares are 0 … 1 and above 1 where more move than there were. */
export const impactSizeSchema = z.object({
  movedShare: z.number(),
  populationShare: z.number(),
  /** By attribute, for those that a policy names. */
  money: z.record(z.string(), z.number()),
});
export type ImpactSize = z.infer<typeof impactSizeSchema>;

/** What policies look at. What the live document has counts like what the new one has: nobody edits a condition away. */
export type ChangeFacts = {
  readonly criticalities: ReadonlySet<string>;
  readonly labels: ReadonlySet<string>;
  readonly purposes: ReadonlySet<string>;
  readonly treatments: ReadonlySet<string>;
  readonly archive: boolean;
  /** Null when it could not be counted: then every condition on the size holds. */
  readonly impact: ImpactSize | null;
};

export type Ask = {
  readonly role: ApprovingRole;
  readonly count: number;
  readonly ownerTeam: boolean;
  /** The names of the policies that ask for it. */
  readonly because: readonly string[];
};

/** Whether the conditions on the size of the impact hold; true for a policy that has none. */
export function isPassed({ conditions }: Pick<ApprovalPolicy, "conditions">, impact: ImpactSize | null): boolean {
  const { movedShareAbove, populationShareAbove, moneyMovedAbove } = conditions;
  if (impact === null) return true;
  if (movedShareAbove !== undefined && impact.movedShare <= movedShareAbove) return false;
  if (populationShareAbove !== undefined && impact.populationShare <= populationShareAbove) return false;
  // Money that was not summed is not known to be little.
  return (
    moneyMovedAbove === undefined || (impact.money[moneyMovedAbove.attribute] ?? Infinity) > moneyMovedAbove.amount
  );
}

/** The attributes that must be added up to know which policies apply. */
export function attributesToSum(policies: readonly ApprovalPolicy[]): string[] {
  const named = policies.flatMap(({ enabled, conditions: { moneyMovedAbove } }) =>
    enabled && moneyMovedAbove ? [moneyMovedAbove.attribute] : [],
  );
  return [...new Set(named)];
}

export function hasThreshold({ conditions }: Pick<ApprovalPolicy, "conditions">): boolean {
  const { movedShareAbove, populationShareAbove, moneyMovedAbove } = conditions;
  return [movedShareAbove, populationShareAbove, moneyMovedAbove].some((each) => each !== undefined);
}

export function appliesTo(policy: ApprovalPolicy, facts: ChangeFacts, environment: string): boolean {
  const { environments, criticalities: levels, labels, purposes, treatments, archive } = policy.conditions;
  const anyOf = (wanted: readonly string[] | undefined, found: ReadonlySet<string>) =>
    wanted === undefined || wanted.some((each) => found.has(each));
  return (
    policy.enabled &&
    anyOf(environments, new Set([environment])) &&
    anyOf(levels, facts.criticalities) &&
    anyOf(labels, facts.labels) &&
    anyOf(purposes, facts.purposes) &&
    anyOf(treatments, facts.treatments) &&
    (archive === undefined || facts.archive) &&
    isPassed(policy, facts.impact)
  );
}

/** Whether a policy asks for anything in an environment, given the right change. */
export function canApplyIn(environment: string, { enabled, conditions }: ApprovalPolicy): boolean {
  return enabled && (conditions.environments?.includes(environment) ?? true);
}

/**
 * What all that apply ask for together: of each role the greatest count. People of the owning team are counted among
 * those of their role, as they are the stricter wish.
 */
export function asksOf(policies: readonly ApprovalPolicy[], facts: ChangeFacts, environment: string): readonly Ask[] {
  const wishes = policies
    .filter((policy) => appliesTo(policy, facts, environment))
    .flatMap(({ name, asks }) => asks.map((ask) => ({ ...ask, name })));
  return roles.flatMap((role) => {
    const ofRole = wishes.filter((wish) => wish.role === role);
    const inTeam = greatest(ofRole.filter(({ ownerTeam }) => ownerTeam));
    const wherever = greatest(ofRole.filter(({ ownerTeam }) => !ownerTeam));
    return [
      { ...inTeam, ownerTeam: true },
      { ...wherever, ownerTeam: false, count: wherever.count - inTeam.count },
    ].flatMap((ask) => (isApproving(role) && ask.count > 0 ? [{ ...ask, role }] : []));
  });
}

function greatest(wishes: readonly { readonly count: number; readonly name: string }[]) {
  return {
    count: Math.max(0, ...wishes.map(({ count }) => count)),
    because: [...new Set(wishes.map(({ name }) => name))],
  };
}

function isApproving(role: Role): role is ApprovingRole {
  return (approvingRoles as readonly Role[]).includes(role);
}

/** "2 reviewers and 1 privacy of the owning team". */
export function asksInWords(asks: readonly Pick<Ask, "role" | "count" | "ownerTeam">[]): string {
  const parts = asks.map(({ role, count, ownerTeam }) => {
    const who =
      role === "privacy" ? `privacy ${count === 1 ? "person" : "people"}` : `${role}${count === 1 ? "" : "s"}`;
    return `${count} ${who}${ownerTeam ? " of the owning team" : ""}`;
  });
  return new Intl.ListFormat("en-GB").format(parts) || "nobody";
}
