"use client";

import { Button, Tooltip } from "@mantine/core";
import type { SegmentTemplate } from "@/lib/segments/templates";
import { useTemplates } from "@/lib/segments/use-templates";
import styles from "./editor.module.css";
import { useEditing } from "./editor-context";

/** Below a rule without conditions: the templates that the catalogue can fill, one press each. */
export function StartFromTemplate() {
  const { edit } = useEditing();
  const templates = useTemplates();
  const ready = templates.filter(({ rule }) => rule !== undefined);
  if (ready.length === 0) return null;
  /** Purposes are only set where none are: they decide whose consent is asked. */
  function start({ rule, purposes = [] }: SegmentTemplate): void {
    if (!rule) return;
    edit((document) => ({
      ...document,
      ...(document.purposes.length === 0 ? { purposes: [...purposes] } : {}),
      definition: { ...document.definition, rule },
    }));
  }
  return (
    <fieldset className={styles.templates} aria-label="Start from a template">
      <span>or start from</span>
      {ready.map((template) => (
        <Tooltip key={template.key} label={template.description}>
          <Button size="compact-sm" onClick={() => start(template)}>
            {template.name}
          </Button>
        </Tooltip>
      ))}
    </fieldset>
  );
}
