"use client";

import { useMemo } from "react";
import { checkRule } from "@/lib/rules/check";
import type { DocumentVocabulary } from "@/lib/rules/vocabulary";
import type { SegmentDocument } from "@/lib/segments/document";
import { runTestCases } from "@/lib/segments/run-test-cases";
import type { LivePreview } from "./use-preview";

/** By the place of the test; `stale` says that the rule or the tests have changed since. */
export type TestResults = { readonly passes: readonly boolean[]; readonly stale: boolean };

/**
 * Runs the test cases here and now. What a reference stands for only the server knows: its answer stands in, for as long
 * as it has as many tests. Null where nobody can say.
 */
export function useTestResults(
  document: SegmentDocument,
  vocabulary: DocumentVocabulary,
  { preview, stale }: LivePreview,
): TestResults | null {
  const own = useMemo(() => runHere(document, vocabulary), [document, vocabulary]);
  if (own) return { passes: own, stale: false };
  if (preview?.tests.length !== document.tests.length) return null;
  return { passes: preview.tests.map((test) => test.passes), stale };
}

function runHere(document: SegmentDocument, vocabulary: DocumentVocabulary): readonly boolean[] | null {
  const check = checkRule(document.definition.rule, vocabulary, document.key);
  if (!check.ok) return null;
  const checked = { ...document, definition: { ...document.definition, rule: check.rule } };
  return runTestCases(checked, vocabulary)?.map((result) => result.passes) ?? null;
}
