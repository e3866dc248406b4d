import { getEngine } from "../../engine/server/engine-instance";
import { isDomainError } from "../../errors";
import { guardedRule, guardedRuleOfArtefact } from "../../guards/guarded-rule";
import { findLiveArtefact } from "../../guards/server/live-artefacts";
import type { loadVocabulary } from "../../guards/server/load-vocabulary";
import { checkDocument, soundDocument } from "../../segments/check-document";
import type { Database } from "../../server/database";
import { type MovedSizes, sizesOfMembers, sizesOfMoved, summable } from "../moved-money";

/** How many customers a document would move against what is live, exactly. */
export type Move = {
  readonly population: number;
  /** Members of what is live now; 0 when nothing is. */
  readonly before: number;
  /** Those who enter or leave. */
  readonly moved: number;
  /** Of the attributes that were asked for and can be added up. */
  readonly money: MovedSizes;
};

export type CountMoveInput = {
  readonly document: unknown;
  readonly environment: string;
  /** Loaded for the document. */
  readonly vocabulary: Awaited<ReturnType<typeof loadVocabulary>>;
  readonly asOf: Date;
  /** Attributes to add up over who enters or leaves. */
  readonly sums?: readonly string[];
  /** Whoever waits for the numbers: see `QueryOptions`. */
  readonly for?: string;
};

/** Null when it cannot be counted: the document has findings, or the engine took too long. */
export async function countMove(db: Database, input: CountMoveInput): Promise<Move | null> {
  const { vocabulary } = input;
  const asOf = input.asOf.getTime();
  const document = soundDocument(checkDocument(input.document, vocabulary, asOf));
  if (!document) return null;
  const rule = guardedRule(document, vocabulary);
  const live = await findLiveArtefact(db, input.environment, document.key);
  const engine = getEngine();
  const sums = summable(input.sums ?? [], vocabulary);
  const options = input.for === undefined ? {} : { for: input.for };
  try {
    const population = await engine.population();
    if (!live) {
      const [moved, entered] = await Promise.all([
        engine.count(rule, asOf, options),
        engine.sums(rule, sums, asOf, options),
      ]);
      return { population, before: 0, moved, money: sizesOfMembers(entered) };
    }
    const before = guardedRuleOfArtefact(live.artefact);
    const impact = await engine.impact(before, rule, asOf, { ...options, sums });
    const { entering, leaving, staying } = impact;
    const money = sizesOfMoved(impact.sums);
    return { population, before: leaving + staying, moved: entering + leaving, money };
  } catch (error) {
    if (isDomainError(error)) return null;
    throw error;
  }
}
