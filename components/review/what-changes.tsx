import { formatCount, formatNumber } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import { SentenceParts } from "@/components/ui/sentence-parts";
import { changesInWords } from "@/lib/rules/changes-in-words";
import { describe as describeRule } from "@/lib/rules/describe";
import { sentence } from "@/lib/rules/phrase";
import type { RuleVocabulary } from "@/lib/rules/vocabulary";
import { diffGovernedFields, type FieldNames } from "@/lib/segments/governed-fields";
import type { Review } from "@/lib/versions/contract";
import styles from "./review.module.css";
import type { ReviewedRules } from "./reviewed-rules";

type WhatChangesProps = {
  readonly review: Review;
  readonly rules: ReviewedRules;
  readonly vocabulary: RuleVocabulary;
  readonly names: FieldNames;
};

/** The change in words: rule first, then who moves, then the other fields. */
export function WhatChanges({ review, rules, vocabulary, names }: WhatChangesProps) {
  const { version, live } = review;
  const { before, after } = rules;
  const ruleWords = before ? changesInWords(before, after, vocabulary) : [describeRule(after, vocabulary)];
  const fields = live ? diffGovernedFields(live.document, version.document, names).filter((each) => each.changed) : [];
  const preview = review.now ?? review.evidence?.preview;
  return (
    <Section title={live ? "What changes" : "What it is"}>
      <ul className={styles.words}>
        {ruleWords.map((phrases) => (
          <li key={sentence(phrases)}>
            <SentenceParts parts={phrases} />
          </li>
        ))}
        {fields.map((field) => (
          <li key={field.field}>
            <b>{field.label}</b> {fieldInWords(field.before, field.after)}
          </li>
        ))}
        {ruleWords.length === 0 && fields.length === 0 && <li>Nothing differs from the live version.</li>}
        {preview && (
          <li>
            {preview.impact
              ? `${formatNumber(preview.impact.entering)} enter, ${formatNumber(preview.impact.leaving)} leave, ${formatNumber(preview.impact.staying)} stay.`
              : `${formatCount(preview.members, "customer")} become members.`}
          </li>
        )}
      </ul>
    </Section>
  );
}

function fieldInWords(before: readonly string[], after: readonly string[]): string {
  const gone = before.filter((value) => !after.includes(value));
  const come = after.filter((value) => !before.includes(value));
  if (before.length > 1 || after.length > 1) {
    const parts = [come.length > 0 && `now with ${come.join(", ")}`, gone.length > 0 && `without ${gone.join(", ")}`];
    return `${parts.filter(Boolean).join(", ") || "in another order"}.`;
  }
  return before.length === 0
    ? `is now ${after.join(", ")}.`
    : `is ${after.join(", ") || "gone"}, before ${before.join(", ")}.`;
}
