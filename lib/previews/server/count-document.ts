import type { Impact } from "../../engine/answers";
import type { Engine, QueryOptions } from "../../engine/engine";
import { getEngine } from "../../engine/server/engine-instance";
import { timeLimit, withinTime } from "../../engine/server/within-time";
import { DomainError, notFound } from "../../errors";
import type { Finding } from "../../findings";
import { takesNobody } from "../../guards/artefact";
import { labelledUse } from "../../guards/carried-labels";
import type { HousePolicies } from "../../guards/check-guarded";
import { driftFindings } from "../../guards/drift-findings";
import { formatFindings } from "../../guards/format-findings";
import { guardedRule, guardedRuleOfArtefact } from "../../guards/guarded-rule";
import { destinationFindings, labelFindings } from "../../guards/label-findings";
import { type HouseMeasures, loadVocabulary } from "../../guards/server/load-vocabulary";
import { outdatedReferences } from "../../guards/server/outdated-references";
import { listToldConsumers, type ToldConsumer } from "../../guards/server/told-consumers";
import { silenceFindings } from "../../guards/silence-findings";
import { afterWaivers } from "../../guards/waiver";
import { referencesOf } from "../../rules/references";
import type { DocumentVocabulary } from "../../rules/vocabulary";
import { attributesUsed } from "../../segments/attributes-used";
import { checkDocument } from "../../segments/check-document";
import { isArchived, type SegmentDocument } from "../../segments/document";
import { parseDraft } from "../../segments/draft-shape";
import type { Database } from "../../server/database";
import type { LiveSegment } from "../compared-segments";
import type { Preview } from "../contract";
import { type MovedSizes, sizesOfMembers, sizesOfMoved, summable } from "../moved-money";
import { obstaclesToCounting } from "../obstacles";
import { type Answers, previewOf, type Subject } from "../preview-of";
import { compareWithLive } from "./compare-with-live";
import { listLiveSegments } from "./live-segments";

export type CountDocumentInput = {
  readonly document: unknown;
  readonly environment: string;
  readonly asOf: Date;
  /** An attribute to split the members by, and how many customers the ends of ranges follow from: see `Engine.counts`. */
  readonly by?: string;
  readonly ends?: number;
  /** How many who enter and how many who leave are named. */
  readonly samples?: number;
  /** Attributes to add up over who enters and who leaves; those that are not numeric are left out. */
  readonly sums?: readonly string[];
  readonly signal?: AbortSignal;
  /** Whoever waits for the numbers: see `QueryOptions`. */
  readonly for?: string;
};

export type CountedDocument = {
  readonly document: SegmentDocument;
  readonly vocabulary: DocumentVocabulary;
  /** Exact, and without samples: whoever tells the numbers rounds them. */
  readonly preview: Preview;
  readonly samples: Impact["samples"];
  /** What moves, of the attributes to add up. */
  readonly money: MovedSizes;
};

/**
 * Counts a document over the customers there are, all questions at once. Throws `invalid` with every finding when the
 * rule cannot be counted, `blocked` when it takes too long.
 */
export async function countDocument(db: Database, input: CountDocumentInput): Promise<CountedDocument> {
  const started = performance.now();
  const shape = parseDraft(input.document);
  // What is no document costs the database nothing.
  if (!shape.ok) throw uncountable(shape.findings);
  const [vocabulary, environment, live] = await Promise.all([
    loadVocabulary(db, input.environment, input.document),
    db.environment.findUnique({ where: { key: input.environment } }),
    listLiveSegments(db, input.environment),
  ]);
  if (!environment) throw notFound("environment", input.environment);
  if (input.by !== undefined && !vocabulary.attributes.has(input.by)) throw notFound("attribute", input.by);
  const { document, findings } = countable(input, vocabulary);
  const own = live.find(({ artefact }) => artefact.key === document.key);
  const others = live.filter(({ artefact }) => artefact.key !== document.key && !takesNobody(artefact));
  const asking: QueryOptions = input.for === undefined ? {} : { for: input.for };
  const [answers, outdated, told] = await Promise.all([
    withinTime({ limitMs: timeLimit(asking), signal: input.signal }, (signal) =>
      askEngine(getEngine(), { ...input, signal }, { document, vocabulary, own, others }),
    ),
    own ? outdatedReferences(db, input.environment, own.artefact) : [],
    listToldConsumers(db, input.environment, document),
  ]);
  const house = houseFindings(document, vocabulary, { told, asOf: input.asOf.getTime() });
  const preview = previewOf({ document, vocabulary, own }, answers);
  return {
    ...{ document, vocabulary, samples: answers.impact?.samples ?? { entering: [], leaving: [] } },
    money: answers.money,
    preview: {
      ...preview,
      asOf: input.asOf.toISOString(),
      findings: afterWaivers([...findings, ...outdated, ...house, ...preview.findings], vocabulary.waivers, {
        ...{ segment: document.key, now: input.asOf.getTime() },
      }),
      countedInMs: Math.round(performance.now() - started),
    },
  };
}

function countable({ document: given, asOf }: CountDocumentInput, vocabulary: DocumentVocabulary) {
  const check = checkDocument(given, vocabulary, asOf.getTime());
  const { document, findings } = check;
  if (document && obstaclesToCounting(check).length === 0) return { document, findings };
  throw uncountable(findings);
}

/** What consumers' formats cannot say, what label policies say and what has moved by itself; what is about consumers only warns before a release. */
function houseFindings(
  document: SegmentDocument,
  vocabulary: DocumentVocabulary & HousePolicies & HouseMeasures,
  { told, asOf }: { readonly told: readonly ToldConsumer[]; readonly asOf: number },
): Finding[] {
  if (isArchived(document)) return [];
  const { labelPolicies: policies } = vocabulary;
  const use = labelledUse(document, vocabulary);
  const used = attributesUsed(document.definition.rule);
  return [
    ...formatFindings(guardedRule(document, vocabulary), told, "warning"),
    ...labelFindings(use, policies),
    ...destinationFindings(use, told, { policies, severity: "warning" }),
    ...driftFindings(document.key, used, vocabulary.drift),
    ...silenceFindings(used, vocabulary.arrivals, asOf),
  ];
}

function uncountable(findings: readonly Finding[]): DomainError {
  return new DomainError("invalid", "This cannot be counted yet.", { reason: "cannot-be-counted", findings });
}

type Question = Subject & { readonly others: readonly LiveSegment[] };

async function askEngine(
  engine: Engine,
  { asOf: instant, by, ends = 1, samples = 0, sums = [], signal, for: asker }: CountDocumentInput,
  { document, vocabulary, own, others }: Question,
): Promise<Answers & Pick<CountedDocument, "money">> {
  const asOf = instant.getTime();
  const options = { ...(signal && { signal }), ...(asker !== undefined && { for: asker }) };
  const guarded = guardedRule(document, vocabulary);
  const summed = summable(sums, vocabulary);
  const comparing = { ...document, references: referencesOf(document.definition.rule) };
  const attributes = [...vocabulary.attributes.values()];
  const scores = new Set(attributes.flatMap(({ key, source }) => (source === "score" ? [key] : [])));
  const counted = engine.counts(guarded, asOf, { ...options, ends, ...(by !== undefined && { by }) });
  const [counts, impact, entered, comparison, changedAt] = await Promise.all([
    counted,
    own &&
      engine.impact(guardedRuleOfArtefact(own.artefact), guarded, asOf, {
        ...{ ...options, samples, scores, sums: summed },
      }),
    own ? {} : engine.sums(guarded, summed, asOf, options),
    counted.then((known) => compareWithLive(engine, { guarded, comparing, others, counts: known, asOf }, options)),
    engine.changedAt(),
  ]);
  const money = own ? sizesOfMoved(impact?.sums) : sizesOfMembers(entered);
  return { counts, impact, comparison, changedAt, money };
}
