import type { Counts, Impact } from "../engine/answers";
import { describeNode } from "../rules/describe-condition";
import type { DocumentVocabulary } from "../rules/vocabulary";
import { isArchived, type SegmentDocument } from "../segments/document";
import { runTestCases } from "../segments/run-test-cases";
import type { Comparison, LiveSegment } from "./compared-segments";
import type { Preview } from "./contract";
import { dataFindings, nodeAt } from "./data-findings";
import { jaccard } from "./jaccard";
import { movedMoney } from "./moved-money";
import { overlapFindings } from "./overlap-findings";

export type Subject = {
  readonly document: SegmentDocument;
  readonly vocabulary: DocumentVocabulary;
  /** What is live of the document's own segment. */
  readonly own: LiveSegment | undefined;
};

/** What the engine said of a document. */
export type Answers = {
  readonly counts: Counts;
  readonly impact: Impact | undefined;
  readonly comparison: Comparison;
  /** When profiles last changed, milliseconds. */
  readonly changedAt: number | null;
};

/**
 * The answers as a preview in exact numbers, with what the data says about the document. Samples are left out. Nobody is
 * a member of an archived segment, and that is neither a guard's doing nor worth a finding.
 */
export function previewOf(
  { document, vocabulary, own }: Subject,
  { counts, impact, comparison, changedAt }: Answers,
): Omit<Preview, "asOf" | "countedInMs"> {
  const { rule } = document.definition;
  const { byAttribute, ...numbers } = counts;
  const archived = isArchived(document);
  return {
    ...numbers,
    ...(archived ? { denied: { consent: 0, region: 0 }, lost: [] } : { lost: [...counts.lost] }),
    dataOf: changedAt === null ? null : new Date(changedAt).toISOString(),
    byRegion: [...counts.byRegion],
    ...(byAttribute && { byAttribute: { ...byAttribute, groups: [...byAttribute.groups] } }),
    funnel: counts.funnel.map((step) => ({
      ...step,
      path: [...step.path],
      text: describeNode(nodeAt(rule, step.path) ?? rule, vocabulary),
    })),
    ...(own && impact && { impact: impactOf(impact, own.artefact.version, vocabulary) }),
    overlaps: overlapsOf(counts.members, comparison),
    findings: archived
      ? []
      : [...dataFindings(rule, counts, vocabulary), ...overlapFindings(document, comparison.compared)],
    tests: runTestCases(document, vocabulary) ?? [],
  };
}

function impactOf(
  { entering, leaving, staying, byCause, sums }: Impact,
  version: number,
  vocabulary: DocumentVocabulary,
): NonNullable<Preview["impact"]> {
  return {
    ...(sums && { money: movedMoney(sums, vocabulary) }),
    ...{ entering, leaving, staying, byCause: [...byCause] },
    live: { version, members: leaving + staying },
    samples: { entering: [], leaving: [] },
  };
}

function overlapsOf(own: number, { live, compared }: Comparison): NonNullable<Preview["overlaps"]> {
  const items = compared.flatMap(({ artefact: { key, name, version, exclusiveGroup }, members, both }) => {
    if (both === 0) return [];
    const group = exclusiveGroup === null ? {} : { exclusiveGroup };
    return { key, name, version, members, both, jaccard: jaccard(both, own, members), ...group };
  });
  return { live, compared: compared.length, items: items.sort(mostSharedFirst) };
}

export function mostSharedFirst(
  a: { readonly both: number; readonly key: string },
  b: { readonly both: number; readonly key: string },
): number {
  return b.both - a.both || (a.key < b.key ? -1 : 1);
}
