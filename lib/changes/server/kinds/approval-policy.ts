import { newKeySchema } from "../../../catalogue/definition";
import { loadCatalogue } from "../../../catalogue/server/load-catalogue";
import { DomainError } from "../../../errors";
import { productionKey } from "../../../segments/server/production";
import { storedJson } from "../../../server/stored-json";
import { type ApprovalPolicy, policyContentSchema } from "../../../versions/approval-policy";
import { guardFindings, staffingFindings } from "../../../versions/policy-simulation";
import { loadPolicies, toPolicy } from "../../../versions/server/load-policies";
import { policyFindings } from "../../policy-findings";
import { loadReviewers } from "../load-reviewers";
import { storedKind } from "../stored-kind";

export const storedApprovalPolicyKind = storedKind({
  schema: policyContentSchema,
  resettles: true,
  // The whole table, as a new one has no row to hold yet; readers do not wait.
  lock: (tx) => tx.$queryRaw`SELECT 1 FROM "ApprovalPolicy" ORDER BY "key" FOR UPDATE`,
  async find(db, key) {
    const row = await db.approvalPolicy.findUnique({ where: { key } });
    if (!row) return { name: key, state: null };
    const { key: _, ...state } = toPolicy(row);
    return { name: state.name, state };
  },
  async check(tx, key, after) {
    const known = {
      ...(await loadCatalogue(tx)),
      environments: (await tx.environment.findMany({ select: { key: true } })).map((each) => each.key),
    };
    const findings = policyFindings(after.conditions, known);
    const keyProblem = newKeySchema.safeParse(key).error?.issues[0]?.message;
    if (findings.length === 0 && keyProblem === undefined) return;
    throw new DomainError("invalid", keyProblem ?? "The policy names what is not there.", {
      ...{ reason: "unfit-policy", findings },
    });
  },
  async warn(db, key, after) {
    const policy: ApprovalPolicy = { ...after, key };
    const others = (await loadPolicies(db)).filter((each) => each.key !== key);
    return [
      ...staffingFindings(policy, await loadReviewers(db)),
      ...guardFindings([...others, policy], await productionKey(db)),
    ];
  },
  async apply(tx, { now }, { subjectId: key, after: { conditions, asks, ...plain }, changeId }) {
    const content = { ...plain, conditions: storedJson(conditions), asks: storedJson(asks), changeId, updatedAt: now };
    await tx.approvalPolicy.upsert({ where: { key }, create: { key, ...content }, update: content });
  },
});
