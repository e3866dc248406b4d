import type { ChangeKind } from "../change-kinds";
import { storedApprovalPolicyKind } from "./kinds/approval-policy";
import { storedAttributeKind } from "./kinds/attribute";
import { storedEnvironmentKind } from "./kinds/environment";
import { storedFreezeEndKind } from "./kinds/freeze-end";
import { storedLabelPolicyKind } from "./kinds/label-policy";
import { storedPersonEnableKind } from "./kinds/person-enable";
import { storedPersonRolesKind } from "./kinds/person-roles";
import { storedPurposeKind } from "./kinds/purpose";
import { storedRegionKind } from "./kinds/region";
import { storedTransferRuleKind } from "./kinds/transfer-rule";
import type { StoredKind } from "./stored-kind";

const storedKinds = {
  "approval-policy": storedApprovalPolicyKind,
  "person-roles": storedPersonRolesKind,
  "person-enable": storedPersonEnableKind,
  environment: storedEnvironmentKind,
  "freeze-end": storedFreezeEndKind,
  attribute: storedAttributeKind,
  purpose: storedPurposeKind,
  region: storedRegionKind,
  "label-policy": storedLabelPolicyKind,
  "transfer-rule": storedTransferRuleKind,
} as const satisfies Record<ChangeKind, StoredKind>;

export function rowsOf(kind: ChangeKind): StoredKind {
  return storedKinds[kind];
}
