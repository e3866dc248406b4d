import type { LabelPolicy } from "../guards/label-policy";
import type { ApprovalPolicy } from "./approval-policy";

/** What label policies ask for, as approval policies of the environment whose approvals count. */
export function asPolicies(asked: readonly LabelPolicy[], environment: string): ApprovalPolicy[] {
  return asked.flatMap(({ key, name, description, role, enabled }) => {
    if (role === null) return [];
    const conditions = { environments: [environment] };
    const said = { key: `label:${key}`, name: `Label policy "${name}"`, description };
    return [{ ...said, conditions, asks: [{ role, count: 1 }], enabled }];
  });
}
