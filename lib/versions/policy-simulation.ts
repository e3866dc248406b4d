import type { Finding } from "../findings";
import {
  type ApprovalPolicy,
  type Ask,
  appliesTo,
  asksInWords,
  asksOf,
  type ChangeFacts,
  type PolicyConditions,
} from "./approval-policy";
import { conditionsInWords, type PolicyCondition, type PolicyNames, placesInWords } from "./policy-in-words";
import { mayFill, type ReviewedContent, type Reviewer, tally } from "./review-policy";

export type SimulatedCondition = {
  readonly condition: PolicyCondition;
  readonly words: string;
  readonly holds: boolean;
};

/** Each condition of a policy by itself, and whether it holds for a change in an environment. */
export function simulatedConditions(
  policy: ApprovalPolicy,
  facts: ChangeFacts,
  { environment, names }: { readonly environment: string; readonly names?: PolicyNames },
): SimulatedCondition[] {
  const { environments } = policy.conditions;
  const places = environments
    ? [{ condition: "environments" as const, words: placesInWords(policy.conditions, names) }]
    : [];
  return [...conditionsInWords(policy.conditions, names), ...places].map((each) => ({
    ...each,
    holds: appliesTo(alone(policy, each.condition), facts, environment),
  }));
}

function alone(policy: ApprovalPolicy, condition: PolicyCondition): ApprovalPolicy {
  const conditions: PolicyConditions = { [condition]: policy.conditions[condition] };
  return { ...policy, conditions, enabled: true };
}

export type SimulatedAsk = Omit<Ask, "because"> & {
  readonly because: string[];
  /** How many people could fill it, whoever wrote the change left out. */
  readonly people: number;
};

export type Simulation = {
  readonly asks: SimulatedAsk[];
  /** Whether there are people enough for all of it, as each fills one place only. */
  readonly fillable: boolean;
};

/** What is asked for of a change in an environment, and whether the people there are could give it. */
export function simulateAsks(
  policies: readonly ApprovalPolicy[],
  facts: ChangeFacts,
  { environment, ...whom }: { readonly environment: string } & Whom,
): Simulation {
  return simulationOf(asksOf(policies, facts, environment), whom);
}

export type Whom = {
  readonly people: readonly Reviewer[];
  /** Who wrote it; without it nobody is left out. */
  readonly content?: ReviewedContent;
  /** Whose segment it is, where nobody wrote it yet. */
  readonly ownerTeam?: string | null;
};

function simulationOf(
  asks: readonly Ask[],
  { people, ownerTeam = null, content = { ...nobodys, ownerTeam } }: Whom,
): Simulation {
  const given = tally(
    people.map((reviewer) => ({
      ...{ id: reviewer.id, reviewer, verdict: "approve" as const, voidedBy: null },
      ...{ contentHash: content.contentHash, reviewCycle: content.reviewCycle },
    })),
    content,
    asks,
  );
  const counted = people.filter(({ id }) => given.whyNot.get(id) === null);
  return {
    asks: asks.map((ask) => ({
      ...ask,
      because: [...ask.because],
      people: counted.filter((person) => mayFill(person, ask, content.ownerTeam)).length,
    })),
    fillable: given.asks.every((ask) => ask.given.length >= ask.count),
  };
}

/** A warning where fewer people than a policy asks for could approve, whoever wrote the change: roles may yet be given. */
export function staffingFindings(policy: ApprovalPolicy, people: readonly Reviewer[]): Finding[] {
  const asks = policy.asks.map((ask) => ({ ...ask, ownerTeam: false, because: [] }));
  const simulated = simulationOf(asks, { people });
  if (!policy.enabled || simulated.fillable) return [];
  const short = simulated.asks.filter(({ count, people: found }) => found < count);
  const found = (short.length > 0 ? short : simulated.asks).map(
    (ask) => `${asksInWords([ask])} asked for, ${ask.people} there`,
  );
  return [
    {
      code: "too-few-people",
      severity: "warning",
      message: `Nothing that "${policy.name}" applies to could be approved: ${found.join("; ")}.`,
      path: "asks",
      resolution: "Ask for fewer, or give more people the role first.",
    },
  ];
}

/** A warning where an environment would take content that no policy names without anybody's approval. */
export function guardFindings(policies: readonly ApprovalPolicy[], environment: string): Finding[] {
  const anything: ChangeFacts = {
    ...{ criticalities: new Set(), labels: new Set(), purposes: new Set(), treatments: new Set(), archive: false },
    impact: { movedShare: 0, populationShare: 0, money: {} },
  };
  const always = policies.filter(({ conditions }) => conditions.moneyMovedAbove === undefined);
  if (asksOf(always, anything, environment).length > 0) return [];
  return [
    {
      code: "nothing-asked",
      severity: "warning",
      message: `Where no other policy applies, ${environment} would take a version that nobody approved.`,
      path: "conditions",
      resolution: "Keep one policy in force that always applies there.",
    },
  ];
}

/** A change that nobody wrote yet, of a segment that belongs to nobody. */
const nobodys: ReviewedContent = {
  ...{ state: "in_review", contentHash: "", reviewCycle: 1, ownerTeam: null, contributors: [] },
  author: { id: "", subject: null, roles: [], team: null, disabled: false },
};
