import type { TreeNode } from "../../rules/definition";
import type { Database, Transaction } from "../../server/database";
import { frozenArtefacts } from "./frozen-artefacts";

/** An author's rule as a release serves it, its references resolved. */
export type ReleasedRule = { readonly version: number; readonly rule: TreeNode };

/** The rules of releases by the release's id. */
export async function releasedRules(
  db: Database | Transaction,
  releaseIds: readonly string[],
): Promise<ReadonlyMap<string, ReleasedRule>> {
  const artefacts = await frozenArtefacts(db, releaseIds);
  return new Map([...artefacts].map(([id, { version, parts }]) => [id, { version, rule: parts.rule }]));
}
