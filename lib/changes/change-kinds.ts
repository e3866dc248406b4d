import type { ChangeKindRules } from "./change-kind";
import { approvalPolicyKind } from "./kinds/approval-policy";
import { attributeKind } from "./kinds/attribute";
import { environmentKind } from "./kinds/environment";
import { freezeEndKind } from "./kinds/freeze-end";
import { labelPolicyKind } from "./kinds/label-policy";
import { personEnableKind } from "./kinds/person-enable";
import { personRolesKind } from "./kinds/person-roles";
import { purposeKind } from "./kinds/purpose";
import { regionKind } from "./kinds/region";
import { transferRuleKind } from "./kinds/transfer-rule";

/** What is not a segment's and yet decides what is served: one person proposes it, another applies it. */
export const changeKindNames = [
  "approval-policy",
  "person-roles",
  "person-enable",
  "environment",
  "freeze-end",
  "attribute",
  "purpose",
  "region",
  "label-policy",
  "transfer-rule",
] as const;
export type ChangeKind = (typeof changeKindNames)[number];

export const changeKinds = {
  "approval-policy": approvalPolicyKind,
  "person-roles": personRolesKind,
  "person-enable": personEnableKind,
  environment: environmentKind,
  "freeze-end": freezeEndKind,
  attribute: attributeKind,
  purpose: purposeKind,
  region: regionKind,
  "label-policy": labelPolicyKind,
  "transfer-rule": transferRuleKind,
} as const satisfies Record<ChangeKind, ChangeKindRules>;

export function rulesOf(kind: ChangeKind): ChangeKindRules {
  return changeKinds[kind];
}
