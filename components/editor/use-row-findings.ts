"use client";

import { useMemo } from "react";
import type { Finding } from "@/lib/findings";
import { checkRule } from "@/lib/rules/check";
import type { Rule } from "@/lib/rules/definition";
import { placeOfPath } from "@/lib/rules/place-of-path";
import type { RuleVocabulary } from "@/lib/rules/vocabulary";
import { below } from "@/lib/segments/draft-shape";

/** What is wrong with each row, checked here and now: the server's word on the whole document comes after a pause. */
export function useRowFindings(
  rule: Rule,
  vocabulary: RuleVocabulary,
  ownKey: string,
): ReadonlyMap<string, readonly Finding[]> {
  return useMemo(() => {
    const rows = new Map<string, Finding[]>();
    for (const finding of checkRule(rule, vocabulary, ownKey).findings) {
      const path = below("definition.rule", finding.path);
      const place = placeOfPath(path)?.join(".") ?? "";
      rows.set(place, [...(rows.get(place) ?? []), { ...finding, path }]);
    }
    return rows;
  }, [rule, vocabulary, ownKey]);
}
