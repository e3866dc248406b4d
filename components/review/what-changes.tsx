import { DocumentChanges } from "@/components/ui/document-changes";
import { formatCount, formatNumber } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import type { RuleVocabulary } from "@/lib/rules/vocabulary";
import type { FieldNames } from "@/lib/segments/governed-fields";
import type { Review } from "@/lib/versions/contract";
import type { ReviewedRules } from "./reviewed-rules";

type WhatChangesProps = {
  readonly review: Review;
  readonly rules: ReviewedRules;
  readonly vocabulary: RuleVocabulary;
  readonly names: FieldNames;
};

/** The change in words: rule first, then the other fields, then who moves. */
export function WhatChanges({ review, rules, vocabulary, names }: WhatChangesProps) {
  const { version, live } = review;
  const { before, after } = rules;
  const preview = review.now ?? review.evidence?.preview;
  return (
    <Section title={live ? "What changes" : "What it is"}>
      <DocumentChanges
        before={live && before ? { document: live.document, rule: before } : null}
        after={{ document: version.document, rule: after }}
        vocabulary={vocabulary}
        names={names}
        none="Nothing differs from the live version."
      >
        {preview && (
          <li>
            {preview.impact
              ? `${formatNumber(preview.impact.entering)} enter, ${formatNumber(preview.impact.leaving)} leave, ${formatNumber(preview.impact.staying)} stay.`
              : `${formatCount(preview.members, "customer")} become members.`}
          </li>
        )}
      </DocumentChanges>
    </Section>
  );
}
