"use client";

import { useMemo } from "react";
import { SentenceParts } from "@/components/ui/sentence-parts";
import { childrenOf, groupKindOf, type Rule } from "@/lib/rules/definition";
import { describe as describeRule } from "@/lib/rules/describe";
import type { RuleVocabulary } from "@/lib/rules/vocabulary";
import styles from "./editor.module.css";

type RuleSentenceProps = { readonly rule: Rule; readonly vocabulary: RuleVocabulary };

/** Sentence first: what the rule says, in English. */
export function RuleSentence({ rule, vocabulary }: RuleSentenceProps) {
  const parts = useMemo(() => describeRule(rule, withUnchosen(vocabulary)), [rule, vocabulary]);
  const empty = groupKindOf(rule) !== undefined && childrenOf(rule).length === 0;
  return (
    <p className={styles.sentence} aria-live="polite">
      {empty ? "No condition yet. Add one to say which customers belong." : <SentenceParts parts={parts} />}
    </p>
  );
}

/** A reference that is still to be chosen has the key "". */
function withUnchosen({ attributes, segments = new Map(), lists = new Map() }: RuleVocabulary): RuleVocabulary {
  return {
    attributes,
    segments: new Map([...segments, ["", { name: "a segment to be chosen" }]]),
    lists: new Map([...lists, ["", { name: "a list to be chosen" }]]),
  };
}
