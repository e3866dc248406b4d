import { labelledUse } from "../../guards/carried-labels";
import { approvalsAsked } from "../../guards/label-findings";
import { loadVocabulary } from "../../guards/server/load-vocabulary";
import { listToldConsumers } from "../../guards/server/told-consumers";
import { productionKey } from "../../segments/server/production";
import { storedDocument } from "../../segments/server/segment-row";
import type { Database, Transaction } from "../../server/database";
import type { ApprovalVoid, Person, Verdict } from "../../server/prisma/client";
import { type ApprovalPolicy, type Ask, asksOf, type ChangeFacts } from "../approval-policy";
import { changeFacts } from "../change-facts";
import { asPolicies } from "../label-asks";
import { driftBetween, type Measured, measuredSchema, type ReviewBasis, reviewBasisSchema } from "../review-basis";
import { type CastVerdict, type ReviewedContent, type Reviewer, type Tally, tally } from "../review-policy";
import type { VersionState } from "../state";
import { findLiveVersion } from "./live-version";
import { referencesIn } from "./load-basis";
import { loadPolicies } from "./load-policies";
import type { VersionRow } from "./version-row";

export type VerdictRow = Verdict & { readonly person: Person; readonly voided: ApprovalVoid | null };

export type ReviewFacts = {
  readonly content: ReviewedContent;
  /** Oldest first. */
  readonly verdicts: readonly (CastVerdict & { readonly row: VerdictRow })[];
  readonly policies: readonly ApprovalPolicy[];
  /** What label policies ask for beside those. */
  readonly byLabels: readonly ApprovalPolicy[];
  readonly change: ChangeFacts;
  /** What the review stands on now. */
  readonly basis: ReviewBasis;
  /** The key of the environment whose approvals make a version approved. */
  readonly production: string;
  /** Who cannot be counted as contributors: the author and everyone who wrote since the live version. */
  readonly writers: readonly Person[];
};

export type MeasuredImpact = Pick<Measured, "basis">["basis"]["impact"];

/**
 * Everything that decides whose verdicts count, as the database has it now. Counting customers takes longer than a
 * lock may be held: the impact is the one given, or the one that was measured last.
 */
export async function loadReviewFacts(
  db: Database | Transaction,
  version: VersionRow,
  impact: MeasuredImpact = storedMeasured(version)?.basis.impact ?? null,
): Promise<ReviewFacts> {
  // One after another: inside a transaction there is one connection.
  const production = await productionKey(db);
  const document = storedDocument(version.document);
  const writers = await writersSinceLive(db, version, production);
  const policies = await loadPolicies(db);
  const live = await findLiveVersion(db, version.segmentId);
  const before = live && live.id !== version.id ? storedDocument(live.document) : null;
  const documents = before ? [document, before] : [document];
  const vocabulary = await loadVocabulary(db, production, ...documents);
  const references = referencesIn(vocabulary, document);
  const told = await listToldConsumers(db, production, document);
  const asked = approvalsAsked(labelledUse(document, vocabulary), told, vocabulary.labelPolicies);
  const labelled = documents.map((each) => referencesIn(vocabulary, each));
  const labels = labelled.flatMap(({ attributes }) => Object.values(attributes).flatMap((each) => each.labels));
  const basis = { ...references, impact };
  const verdicts = await db.verdict.findMany({
    where: { versionId: version.id },
    include: { person: true, voided: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const facts: ReviewFacts = {
    content: {
      state: version.state,
      contentHash: version.contentHash,
      reviewCycle: version.reviewCycle,
      ownerTeam: document.owner?.team ?? null,
      author: toReviewer(version.author),
      contributors: writers.map(toReviewer),
    },
    verdicts: verdicts.map((row) => ({
      id: row.id,
      reviewer: toReviewer(row.person),
      verdict: row.verdict,
      contentHash: row.contentHash,
      reviewCycle: row.reviewCycle,
      voidedBy: row.voided?.reason ?? driftOf(row, basis, policies),
      row,
    })),
    ...{ policies, byLabels: asPolicies(asked, production), basis, production, writers },
    change: changeFacts(document, before, { labels, impact }),
  };
  return { ...facts, content: { ...facts.content, state: standingState(facts) } };
}

/** A version that has lost an approval is under review again, before anybody has noticed. */
function standingState(facts: ReviewFacts): VersionState {
  const { state } = facts.content;
  return state === "approved" && !tallyIn(facts.production, facts).complete ? "in_review" : state;
}

export function asksIn(environment: string, { policies, byLabels, change }: ReviewFacts): readonly Ask[] {
  return asksOf([...policies, ...byLabels], change, environment);
}

/** What an environment asks for, and which of the verdicts fill it. */
export function tallyIn(environment: string, facts: ReviewFacts): Tally {
  return tally(facts.verdicts, facts.content, asksIn(environment, facts));
}

export function storedMeasured({ measured }: Pick<VersionRow, "measured">): Measured | null {
  return measured === null ? null : measuredSchema.parse(measured);
}

function driftOf({ basis }: VerdictRow, now: ReviewBasis, policies: readonly ApprovalPolicy[]): string | null {
  if (basis === null) return "Given before it was kept what an approval stands on.";
  return driftBetween(reviewBasisSchema.parse(basis), now, policies).join(" ") || null;
}

export function toReviewer({ id, subject, roles, teamKey, disabledAt }: Person): Reviewer {
  return { id, subject, roles, team: teamKey, disabled: disabledAt !== null };
}

/**
 * The authors and contributors of the segment's versions after the one that was live before this: content carried over
 * from a withdrawn or rejected version is its writers' content still, and so is what went live by break-glass.
 */
export async function writersSinceLive(
  db: Database | Transaction,
  version: VersionRow,
  production: string,
): Promise<Person[]> {
  const live = await db.release.findFirst({
    where: {
      segmentId: version.segmentId,
      versionId: { not: version.id },
      version: { number: { lt: version.number } },
      environmentKey: production,
      OR: [{ kind: { in: ["release", "rollback"] } }, { breakGlass: { outcome: "justified" } }],
    },
    orderBy: { createdAt: "desc" },
    select: { version: { select: { number: true } } },
  });
  const written = {
    segmentId: version.segmentId,
    number: { gt: live?.version.number ?? 0, lte: version.number },
  };
  return db.person.findMany({
    where: {
      OR: [{ contributions: { some: { version: written } } }, { versions: { some: written } }],
    },
    orderBy: { id: "asc" },
  });
}
