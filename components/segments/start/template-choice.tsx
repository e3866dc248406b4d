"use client";

import { Radio } from "@mantine/core";
import { SentenceParts } from "@/components/ui/sentence-parts";
import { useCatalogue } from "@/lib/catalogue/use-catalogue";
import { describe as describeRule } from "@/lib/rules/describe";
import type { SegmentTemplate } from "@/lib/segments/templates";
import { useTemplates } from "@/lib/segments/use-templates";
import styles from "./start.module.css";
import { useStartAddress } from "./start-address";

/** The templates with what each takes in this catalogue; one that it cannot fill says what it needs. */
export function TemplateChoice() {
  const [{ template: chosen }, setAddress] = useStartAddress();
  const templates = useTemplates();
  return (
    <Radio.Group
      aria-label="Template"
      value={chosen}
      onChange={(key) => void setAddress({ template: templates.find((each) => each.key === key)?.key ?? null })}
    >
      <div className={styles.cards}>
        {templates.map((each) => (
          <TemplateCard key={each.key} template={each} />
        ))}
      </div>
    </Radio.Group>
  );
}

function TemplateCard({ template }: { readonly template: SegmentTemplate }) {
  const { catalogue } = useCatalogue();
  const { key, name, description, rule, needs } = template;
  return (
    <Radio.Card value={key} disabled={!rule} className={styles.card} aria-label={name}>
      <Radio.Indicator size="xs" className={styles.indicator} disabled={!rule} />
      <span>
        <span className={styles.cardName}>{name}</span>
        <span className={styles.cardText}>{description}</span>
        {rule && catalogue && (
          <span className={styles.sentence}>
            <SentenceParts parts={describeRule(rule, catalogue)} />
          </span>
        )}
        {needs && <span className={styles.cardText}>Needs {needs}.</span>}
      </span>
    </Radio.Card>
  );
}
