import type { z } from "zod";
import type { Profile } from "../../../lib/rules/definition";
import { type SegmentDocument, segmentDocumentSchema, type TestCase } from "../../../lib/segments/document";
import type { Calendar } from "../calendar";
import { type DemoPersonKey, type DemoTeam, emailOf } from "../people";
import { scramble } from "../random";

export type StoryContext = { readonly calendar: Calendar; readonly customers: readonly Profile[] };

/** What a person does with a segment. `write` saves the document, opening the segment or a draft where there is none. */
export type Deed =
  | { readonly kind: "write"; readonly document: SegmentDocument }
  | { readonly kind: "submit"; readonly note: string }
  | { readonly kind: "verdict"; readonly verdict: "approve" | "request_changes" | "reject"; readonly comment: string }
  | { readonly kind: "withdraw"; readonly note: string }
  | { readonly kind: "release"; readonly environment: "staging" | "production"; readonly rollout?: number }
  | { readonly kind: "roll back"; readonly toVersion: number; readonly reason: string }
  | { readonly kind: "kill"; readonly reason: string };

export type Step = Deed & { readonly segment: string; readonly by: DemoPersonKey; readonly at: number };

export type Change = (document: SegmentDocument) => SegmentDocument;

/** One version from its draft to its release. */
export type Chapter = {
  /** The day of the release; draft and submit lie on the days before. */
  readonly daysAgo: number;
  readonly note: string;
  readonly change?: Change;
  readonly comment?: string;
  readonly rollout?: number;
  /** A first round of review that sent the version back. */
  readonly sentBack?: { readonly comment: string; readonly change: Change };
};

export type Writer = { readonly author: DemoPersonKey; readonly reviewer: DemoPersonKey };

/** Versions that were released one after the other. */
export function released(
  { calendar }: StoryContext,
  { author, reviewer }: Writer,
  first: SegmentDocument,
  chapters: readonly Chapter[],
): { steps: Step[]; last: SegmentDocument } {
  let last = first;
  const steps = chapters.flatMap((chapter, index): Step[] => {
    const { daysAgo, note, change = same, comment = "", rollout, sentBack } = chapter;
    // People do not press buttons at the same minute every time.
    const minutes = (scramble(daysAgo * 97 + first.name.length) % 61) - 30;
    const by = (person: DemoPersonKey, before: number, hour: number, deed: Deed): Step => ({
      ...deed,
      segment: first.key,
      by: person,
      at: calendar.daysAgo(daysAgo + before - hour / 24) + minutes * 60_000,
    });
    const round: Step[] = [];
    last = change(last);
    round.push(by(author, 3, 9.2, { kind: "write", document: last }));
    round.push(by(author, 2, 10.4, { kind: "submit", note }));
    if (sentBack) {
      round.push(by(reviewer, 2, 13.1, { kind: "verdict", verdict: "request_changes", comment: sentBack.comment }));
      last = sentBack.change(last);
      round.push(by(author, 1, 9.6, { kind: "write", document: last }));
      round.push(by(author, 1, 9.9, { kind: "submit", note }));
    }
    if (index === chapters.length - 1) {
      round.push(by("operator", 1, 13.5, { kind: "release", environment: "staging" }));
    }
    round.push(by(reviewer, 1, 15.3, { kind: "verdict", verdict: "approve", comment }));
    round.push(
      by("operator", 0, 11.25, { kind: "release", environment: "production", ...(rollout ? { rollout } : {}) }),
    );
    return round;
  });
  return { steps, last };
}

/** One deed at an hour (UTC) of a past day. */
export function on(
  { calendar }: StoryContext,
  segment: string,
  daysAgo: number,
  hour: number,
  by: DemoPersonKey,
  deed: Deed,
): Step {
  return { ...deed, segment, by, at: calendar.daysAgo(daysAgo - hour / 24) };
}

export function same(document: SegmentDocument): SegmentDocument {
  return document;
}

export function documentOf(
  input: z.input<typeof segmentDocumentSchema> & { readonly team?: DemoTeam; readonly person?: DemoPersonKey },
): SegmentDocument {
  const { team, person, ...document } = input;
  const owner = team && person ? { team, person: emailOf(person) } : undefined;
  return segmentDocumentSchema.parse({ ...document, ...(owner ? { owner } : {}) });
}

/** The instant that all tests of documents are set at. */
const testInstant = "2026-01-15T12:00:00.000Z";

export function testCase(
  name: string,
  expect: TestCase["expect"],
  customer: { region?: string; consents?: string[]; attributes: TestCase["customer"]["attributes"] },
): TestCase {
  const { region = "eu", consents = [], attributes } = customer;
  return { name, expect, asOf: testInstant, customer: { id: "c_test", region, consents, objections: [], attributes } };
}

/** ISO text of `days` before the instant of the tests. */
export function beforeTest(days: number): string {
  return new Date(Date.parse(testInstant) - days * 86_400_000).toISOString();
}

/** The ids of the first customers of the demo that are such. */
export function idsOf({ customers }: StoryContext, count: number, is: (customer: Profile) => boolean): string[] {
  const ids: string[] = [];
  for (const customer of customers) {
    if (ids.length === count) break;
    if (is(customer)) ids.push(customer.id);
  }
  return ids;
}

export function withRule(document: SegmentDocument, rule: SegmentDocument["definition"]["rule"]): SegmentDocument {
  return { ...document, definition: { ...document.definition, rule } };
}
