"use client";

import { useMemo } from "react";
import { SentenceParts } from "@/components/ui/sentence-parts";
import type { AttributeItem } from "@/lib/catalogue/contract";
import { childrenOf, groupKindOf, type Rule } from "@/lib/rules/definition";
import { describe as describeRule } from "@/lib/rules/describe";
import styles from "./editor.module.css";

type RuleSentenceProps = { readonly rule: Rule; readonly attributes: ReadonlyMap<string, AttributeItem> };

/** Sentence first: what the rule says, in English. */
export function RuleSentence({ rule, attributes }: RuleSentenceProps) {
  const parts = useMemo(() => describeRule(rule, { attributes }), [rule, attributes]);
  const empty = groupKindOf(rule) !== undefined && childrenOf(rule).length === 0;
  return (
    <p className={styles.sentence} aria-live="polite">
      {empty ? "No condition yet. Add one to say which customers belong." : <SentenceParts parts={parts} />}
    </p>
  );
}
