import type { GuardReason, MembershipReason } from "../guards/explain-membership";
import type { AttributeValue, Condition, GroupKind, TreeNode } from "../rules/definition";
import { describeNode, groupWords, type NodeVocabulary, purposeName } from "../rules/describe-condition";
import { describeActual, describeNumber } from "../rules/describe-value";
import type { Explanation } from "../rules/explain";
import { isResolvedList, isResolvedSegment } from "../rules/references";
import type { MembershipReasonAnswer, ReasonNode } from "./contract";

/** What the words are made with: names, the instant of the look, and whose values stay covered. */
export type Wording = {
  readonly vocabulary: NodeVocabulary;
  /** Milliseconds since 1970 UTC. */
  readonly asOf: number;
  readonly isMasked: (attribute: string, value: AttributeValue | undefined) => boolean;
};

/** What a release says of itself beyond its rule. */
export type Standing = {
  readonly killed: boolean;
  readonly rolloutPercent: number;
  /** Why a customer stands on a list by hand; empty where nobody said. */
  readonly listReason: string;
};

export const maskedActual = "masked";

export function reasonAnswer(reason: MembershipReason, standing: Standing, wording: Wording): MembershipReasonAnswer {
  const { member, decidedBy } = reason;
  return {
    member,
    decidedBy,
    summary: summaryOf(reason, standing, wording),
    guards: reason.guards.map((guard) => ({ text: guardText(guard, standing, wording), holds: guard.holds })),
    rule: ruleNode(reason.rule, decidedBy === "rule", wording),
  };
}

export type NearMiss = { readonly because: string; readonly actual: string | null };

/** What alone keeps the customer out, or null when it is more than one thing, or nothing. */
export function nearMissOf(reason: MembershipReason, standing: Standing, wording: Wording): NearMiss | null {
  if (reason.member) return null;
  if (reason.decidedBy === "rule") return reason.nearMiss ? missedCondition(reason.nearMiss, wording) : null;
  if (!reason.rule.holds) return null;
  if (reason.decidedBy === "rollout") return { because: `rule holds; ${rolloutText(standing)}`, actual: null };
  if (reason.decidedBy === "exclude") return { because: `rule holds; ${listText("exclude", standing)}`, actual: null };
  const [failing, ...others] = reason.guards.filter(({ holds }) => !holds);
  if (!failing || others.length > 0) return null;
  return { because: `rule holds; ${guardText(failing, standing, wording)}`, actual: null };
}

function missedCondition(explanation: Explanation, wording: Wording): NearMiss {
  const text = describeNode(explanation.node, wording.vocabulary);
  return {
    because: `${explanation.holds ? "fails only because of" : "fails only"}: ${text}`,
    actual: actualOf(explanation, wording),
  };
}

function summaryOf(reason: MembershipReason, standing: Standing, wording: Wording): string {
  switch (reason.decidedBy) {
    case "include":
    case "exclude":
      return listText(reason.decidedBy, standing);
    case "rollout":
      return `rule holds; ${rolloutText(standing)}`;
    case "guard":
      return reason.guards
        .filter(({ holds }) => !holds)
        .map((guard) => guardText(guard, standing, wording))
        .join("; ");
    case "rule":
      if (reason.member) return "by rule";
      return reason.nearMiss ? missedCondition(reason.nearMiss, wording).because : "the rule does not hold";
  }
}

function listText(list: "include" | "exclude", { listReason }: Standing): string {
  const words = list === "include" ? "on the list" : "on the exclude list";
  return listReason === "" ? words : `${words}: ${listReason}`;
}

function rolloutText({ rolloutPercent }: Standing): string {
  return `not in the ${describeNumber(rolloutPercent)} % that it is rolled out to`;
}

function guardText({ kind, purpose = "", regions = [], holds }: GuardReason, { killed }: Standing, wording: Wording) {
  const name = purposeName(purpose, wording.vocabulary);
  if (kind === "consent") return `consent for ${name} is ${holds ? "granted" : "not granted"}`;
  if (kind === "objection") return holds ? `no objection to ${name}` : `objected to ${name}`;
  if (killed && !holds) return "the segment is switched off";
  const names = joined(regions.map((key) => wording.vocabulary.regions?.get(key)?.name ?? key));
  return holds ? `lives in ${names}` : `does not live in ${names || "any region of the segment"}`;
}

function ruleNode(explanation: Explanation, decides: boolean, wording: Wording): ReasonNode {
  const { path, kind, node, holds, decisive, children } = explanation;
  return {
    path: [...path],
    // Its conditions stand below it.
    text: isGroup(kind) ? groupWords[kind] : describeNode(node, wording.vocabulary),
    holds,
    decisive: decides && decisive && !isGroup(kind),
    actual: actualOf(explanation, wording),
    refersTo: referenceOf(node),
    children: children.map((child) => ruleNode(child, decides, wording)),
  };
}

function referenceOf(node: TreeNode): ReasonNode["refersTo"] {
  if (isResolvedSegment(node)) return { kind: "segment", key: node.segment, version: node.version };
  return isResolvedList(node) ? { kind: "list", key: node.list, version: node.version } : null;
}

function actualOf({ node, actual }: Explanation, { vocabulary, asOf, isMasked }: Wording): string | null {
  if (!("attribute" in node)) return null;
  const condition: Condition = node;
  if (isMasked(condition.attribute, actual)) return maskedActual;
  const isInstant = vocabulary.attributes.get(condition.attribute)?.type === "timestamp";
  const isWindow = ["within_last", "not_within_last", "within_next"].includes(condition.operator);
  return describeActual(actual, { isInstant, ...(isWindow ? { relativeTo: asOf } : {}) });
}

function isGroup(kind: Explanation["kind"]): kind is GroupKind {
  return kind in groupWords;
}

/** "EU", "EU or UK", "EU, UK or US". */
function joined(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} or ${last}`;
}
