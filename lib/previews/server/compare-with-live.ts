import type { Counts } from "../../engine/answers";
import type { Engine, QueryOptions } from "../../engine/engine";
import { type GuardedRule, guardedRuleOfArtefact } from "../../guards/guarded-rule";
import { type Comparing, chooseCompared } from "../choose-compared";
import type { Comparison, LiveSegment } from "../compared-segments";

/** One statement takes 64 rules: the others, and room for one more. */
const mostCompared = 63;

/** So many members times rules are looked at in a fraction of a second, wherever that is. */
const mostJudgements = 8_000_000;

export type ComparisonQuestion = {
  readonly guarded: GuardedRule;
  readonly comparing: Comparing;
  /** Live in the environment, the document's own segment not among them. */
  readonly others: readonly LiveSegment[];
  /** As counted just now. */
  readonly counts: Pick<Counts, "members">;
  /** Milliseconds. */
  readonly asOf: number;
};

/**
 * The document's members by which other live segments they are in: one pass over those members alone, and with as many
 * segments as that leaves time for. The number in both is exact, always; the others' members are told as they were last
 * counted: at the release, after an import, by the hour.
 */
export async function compareWithLive(
  engine: Pick<Engine, "overlap">,
  { guarded, comparing, others, counts, asOf }: ComparisonQuestion,
  options: QueryOptions,
): Promise<Comparison> {
  const affordable = Math.floor(mostJudgements / Math.max(1, counts.members));
  const chosen = chooseCompared(comparing, others, Math.max(1, Math.min(mostCompared, affordable)));
  if (chosen.length === 0) return { live: 0, compared: [] };
  const rules = chosen.map(({ artefact }) => guardedRuleOfArtefact(artefact));
  const shared = await engine.overlap(rules, asOf, { ...options, within: guarded });
  const compared = chosen.map(({ artefact, members }, index) => {
    const both = shared.sizes[index] ?? 0;
    return { artefact, both, members: Math.max(members, both) };
  });
  return { live: others.length, compared };
}
