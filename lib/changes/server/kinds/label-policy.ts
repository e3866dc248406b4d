import { newKeySchema } from "../../../catalogue/definition";
import { loadCatalogue } from "../../../catalogue/server/load-catalogue";
import { DomainError } from "../../../errors";
import { labelPolicyContentSchema } from "../../../guards/label-policy";
import { toLabelPolicy } from "../../../guards/server/house-policies";
import { storedJson } from "../../../server/stored-json";
import { labelPolicyFindings, unusedLabelFindings } from "../../label-policy-findings";
import { storedKind } from "../stored-kind";

export const storedLabelPolicyKind = storedKind({
  schema: labelPolicyContentSchema,
  resettles: true,
  // The whole table, as a new one has no row to hold yet; readers do not wait.
  lock: (tx) => tx.$queryRaw`SELECT 1 FROM "LabelPolicy" ORDER BY "key" FOR UPDATE`,
  async find(db, key) {
    const row = await db.labelPolicy.findUnique({ where: { key } });
    if (!row) return { name: key, state: null };
    const { key: _, ...state } = toLabelPolicy(row);
    return { name: state.name, state };
  },
  async check(tx, key, after) {
    const findings = labelPolicyFindings(after, await loadCatalogue(tx));
    const keyProblem = newKeySchema.safeParse(key).error?.issues[0]?.message;
    if (findings.length === 0 && keyProblem === undefined) return;
    throw new DomainError("invalid", keyProblem ?? "The policy names what is not there.", {
      ...{ reason: "unfit-policy", findings },
    });
  },
  warn: async (db, _key, after) => unusedLabelFindings(after, await loadCatalogue(db)),
  async apply(tx, { now }, { subjectId: key, after: { when, ...plain }, changeId }) {
    const content = { ...plain, when: storedJson(when), changeId, updatedAt: now };
    await tx.labelPolicy.upsert({ where: { key }, create: { key, ...content }, update: content });
  },
});
