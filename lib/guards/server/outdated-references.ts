import { isDeepStrictEqual } from "node:util";
import type { Finding } from "../../findings";
import { formatPath, type RulePath, type TreeNode } from "../../rules/definition";
import { isResolvedList, isResolvedSegment, referencesOf } from "../../rules/references";
import { leavesIn } from "../../rules/rule-leaves";
import { below } from "../../segments/draft-shape";
import type { Database, Transaction } from "../../server/database";
import type { Artefact } from "../artefact";
import { loadMeanings, type Meanings } from "./load-vocabulary";

/**
 * A note for each reference of a released rule that would stand for something else if it were released now: a newer
 * version, the same one released anew over newer references, or nothing that is live.
 */
export async function outdatedReferences(
  db: Database | Transaction,
  environment: string,
  { parts: { rule }, version }: Artefact,
): Promise<Finding[]> {
  const meanings = await loadMeanings(db, environment, referencesOf(rule));
  return leavesIn(rule).flatMap(({ leaf, path }) => {
    const news = newsOf(leaf, meanings);
    return news === undefined ? [] : [note(path, `Version ${version}, which is live, refers to ${news}.`)];
  });
}

function newsOf(leaf: TreeNode, { segments, lists }: Meanings): string | undefined {
  if (isResolvedSegment(leaf)) {
    const meaning = segments.get(leaf.segment);
    const pinned = `version ${leaf.version} of ${meaning?.name ?? leaf.segment}`;
    const released = meaning?.released;
    if (!released) return `${pinned}, which is not live any more`;
    if (released.version !== leaf.version) return `${pinned}; version ${released.version} is live`;
    return isDeepStrictEqual(released.rule, leaf.rule) ? undefined : `${pinned}, which has been released anew since`;
  }
  if (!isResolvedList(leaf)) return undefined;
  const { name = leaf.list, content } = lists.get(leaf.list) ?? {};
  if (content?.version === leaf.version) return undefined;
  return `version ${leaf.version} of ${name}; version ${content?.version ?? 0} is the newest`;
}

function note(path: RulePath, message: string): Finding {
  const resolution =
    "A new version of this segment takes that over, once it is reviewed; until then nothing changes for it.";
  const place = below("definition.rule", formatPath(path));
  return { code: "reference-outdated", severity: "note", path: place, message, resolution };
}
