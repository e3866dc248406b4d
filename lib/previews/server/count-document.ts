import { loadCatalogue } from "../../catalogue/server/load-catalogue";
import { getEngine } from "../../engine/server/engine-instance";
import { DomainError, notFound } from "../../errors";
import { guardedRule, guardedRuleOfArtefact } from "../../guards/guarded-rule";
import { findLiveArtefact } from "../../guards/server/live-artefacts";
import { describeNode } from "../../rules/describe-condition";
import { checkDocument } from "../../segments/check-document";
import { runTestCases } from "../../segments/run-test-cases";
import type { Database } from "../../server/database";
import type { Preview } from "../contract";
import { dataFindings, nodeAt } from "../data-findings";
import { obstaclesToCounting } from "../obstacles";

export type CountDocumentInput = {
  readonly document: unknown;
  readonly environment: string;
  readonly asOf: Date;
  readonly signal?: AbortSignal;
};

/**
 * Counts a document over the customers there are, exactly. Who is told the numbers rounds them. Throws `invalid` with
 * every finding when the rule cannot be counted.
 */
export async function countDocument(db: Database, input: CountDocumentInput): Promise<Preview> {
  const started = performance.now();
  const [catalogue, environment] = await Promise.all([
    loadCatalogue(db),
    db.environment.findUnique({ where: { key: input.environment } }),
  ]);
  if (!environment) throw notFound("environment", input.environment);
  const asOf = input.asOf.getTime();
  const check = checkDocument(input.document, catalogue, asOf);
  const { document, findings } = check;
  if (!document || obstaclesToCounting(check).length > 0) {
    throw new DomainError("invalid", "This cannot be counted yet.", { reason: "cannot-be-counted", findings });
  }
  const { rule } = document.definition;
  const guarded = guardedRule(document, catalogue);
  const engine = getEngine();
  const options = input.signal ? { signal: input.signal } : {};
  const live = await findLiveArtefact(db, input.environment, document.key);
  const [counts, moved, changedAt] = await Promise.all([
    engine.counts(guarded, asOf, options),
    live && engine.impact(guardedRuleOfArtefact(live.artefact), guarded, asOf, options),
    engine.changedAt(),
  ]);
  const { byAttribute: _, ...numbers } = counts;
  return {
    ...numbers,
    lost: [...counts.lost],
    asOf: input.asOf.toISOString(),
    dataOf: changedAt === null ? null : new Date(changedAt).toISOString(),
    byRegion: [...counts.byRegion],
    funnel: counts.funnel.map((step) => ({
      ...step,
      path: [...step.path],
      text: describeNode(nodeAt(rule, step.path) ?? rule, catalogue),
    })),
    ...(live && moved
      ? {
          impact: {
            ...moved,
            byCause: [],
            samples: { entering: [], leaving: [] },
            live: { version: live.artefact.version, members: moved.leaving + moved.staying },
          },
        }
      : {}),
    findings: [...findings, ...dataFindings(rule, counts, catalogue)],
    tests: runTestCases(document, catalogue) ?? [],
    countedInMs: Math.round(performance.now() - started),
  };
}
