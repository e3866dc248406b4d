import { describeNumber } from "../rules/describe-value";
import { type ApprovalPolicy, asksInWords, type PolicyConditions } from "./approval-policy";

/** What keys are called; a key without a name stands for itself. */
export type PolicyNames = {
  readonly environments?: ReadonlyMap<string, string>;
  readonly purposes?: ReadonlyMap<string, string>;
  readonly attributes?: ReadonlyMap<string, string>;
};

export type PolicyCondition = keyof PolicyConditions;

/** The conditions of a policy besides its environments, each as the rest of "when …". */
export function conditionsInWords(
  conditions: PolicyConditions,
  names: PolicyNames = {},
): { readonly condition: PolicyCondition; readonly words: string }[] {
  const { criticalities, labels, purposes, treatments, movedShareAbove, populationShareAbove, moneyMovedAbove } =
    conditions;
  const words: Partial<Record<PolicyCondition, string | false | undefined>> = {
    criticalities: criticalities && `its criticality is ${anyOf(criticalities)}`,
    labels: labels && `an attribute labelled ${anyOf(labels)} is used`,
    purposes: purposes && `it serves ${anyOf(purposes, names.purposes)}`,
    treatments: treatments && `the treatment ${anyOf(treatments)} changes`,
    movedShareAbove: movedShareAbove !== undefined && `more than ${percent(movedShareAbove)} of its members move`,
    populationShareAbove:
      populationShareAbove !== undefined && `more than ${percent(populationShareAbove)} of all customers move`,
    moneyMovedAbove:
      moneyMovedAbove &&
      `more than ${describeNumber(moneyMovedAbove.amount)} of ${nameOf(moneyMovedAbove.attribute, names.attributes)} moves`,
    archive: conditions.archive && "the segment is archived",
  };
  return (Object.keys(words) as PolicyCondition[]).flatMap((condition) => {
    const said = words[condition];
    return said ? [{ condition, words: said }] : [];
  });
}

/** "in Production", or "everywhere". */
export function placesInWords({ environments }: PolicyConditions, names: PolicyNames = {}): string {
  return environments ? `in ${anyOf(environments, names.environments)}` : "everywhere";
}

/** "Asks for 1 privacy person when an attribute labelled personal or special is used, in Production." */
export function policyInWords(
  { asks, conditions }: Pick<ApprovalPolicy, "asks" | "conditions">,
  names: PolicyNames = {},
): string {
  const wanted = asksInWords(asks.map((ask) => ({ ...ask, ownerTeam: ask.ownerTeam ?? false })));
  const when = conditionsInWords(conditions, names).map(({ words }) => words);
  const always = when.length === 0 ? " always" : ` when ${list(when, "conjunction")}`;
  return `Asks for ${wanted}${always}, ${placesInWords(conditions, names)}.`;
}

function anyOf(keys: readonly string[], names?: ReadonlyMap<string, string>): string {
  return list(
    keys.map((key) => nameOf(key, names)),
    "disjunction",
  );
}

function nameOf(key: string, names?: ReadonlyMap<string, string>): string {
  return names?.get(key) ?? key;
}

function list(words: readonly string[], type: "conjunction" | "disjunction"): string {
  return new Intl.ListFormat("en-GB", { type }).format(words);
}

/** A share of 0 … 1; "10 %". */
function percent(share: number): string {
  return `${describeNumber(Number((share * 100).toFixed(4)))} %`;
}
