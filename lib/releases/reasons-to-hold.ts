import { type Finding, isBlocking } from "../findings";
import { type ApprovalPolicy, canApplyIn, type ImpactSize } from "../versions/approval-policy";
import { grownPast } from "../versions/review-basis";
import { warningName } from "./rollout-plan";

export type HoldFacts = {
  /** Why a release to the next share would be refused, in words. */
  readonly refusals: readonly string[];
  /** Of the plan's document as it is now. */
  readonly findings: readonly Finding[];
  /** Names of warnings that were there before, or that somebody let pass. */
  readonly known: ReadonlySet<string>;
  /** Of the whole of the plan: when it began, and measured now. */
  readonly impact: { readonly begun: ImpactSize | null; readonly now: ImpactSize | null };
  readonly environment: string;
  readonly policies: readonly ApprovalPolicy[];
  /** Objectives that are not met, in words. */
  readonly objectives: readonly string[];
};

/** `warning` names one that a person may let pass; all else has to be put right. */
export type HoldReason = { readonly message: string; readonly warning: string | null };

/** Why the next step waits for a person; empty where it may be taken. */
export function reasonsToHold(facts: HoldFacts): HoldReason[] {
  const { refusals, findings, known, impact, environment, policies, objectives } = facts;
  const here = policies.filter((policy) => canApplyIn(environment, policy));
  const news = findings.filter((finding) => finding.severity === "warning" && !known.has(warningName(finding)));
  const hard = [
    ...refusals,
    ...findings.filter(isBlocking).map(({ message }) => message),
    ...grownPast(impact.begun, impact.now, here),
    ...objectives,
  ];
  return [
    ...hard.map((message) => ({ message, warning: null })),
    ...news.map((finding) => ({ message: finding.message, warning: warningName(finding) })),
  ];
}
