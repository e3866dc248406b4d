"use client";

import { SegmentedControl, Textarea } from "@mantine/core";
import { useMemo, useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { FindingList } from "@/components/ui/finding-list";
import { toCel } from "@/lib/rules/cel";
import { checkRule } from "@/lib/rules/check";
import { toJsonLogic } from "@/lib/rules/jsonlogic";
import { hasBareReference } from "@/lib/rules/references";
import type { FormatLimit } from "@/lib/rules/translation";
import type { DocumentVocabulary } from "@/lib/rules/vocabulary";
import type { SegmentDocument } from "@/lib/segments/document";
import { membershipParts } from "@/lib/segments/membership-parts";
import styles from "./editor.module.css";
import { useEditing } from "./editor-context";

const formats = {
  cel: { name: "CEL", readers: "gateways", write: toCel },
  jsonlogic: { name: "JsonLogic", readers: "flag services", write: writeJsonLogic },
} as const;
type Format = keyof typeof formats;

const variables = "id, region, consents, objections, attributes and asOf";

const scopes = [
  { value: "whole", label: "As served" },
  { value: "rule", label: "Rule alone" },
];

/** What readers of another language get: nothing is left out silently, and what the language cannot say is told. */
export function FormatView({ format }: { readonly format: Format }) {
  const { document, vocabulary } = useEditing();
  const [scope, setScope] = useState("whole");
  const { name, readers } = formats[format];
  const written = useMemo(
    () => writeDocument(document, vocabulary, format, scope === "whole"),
    [document, vocabulary, format, scope],
  );
  return (
    <div className={styles.json}>
      <div className={styles.formatHead}>
        <SegmentedControl size="xs" aria-label="How much of it" data={scopes} value={scope} onChange={setScope} />
        <span className={styles.dim}>
          {scope === "whole" ? "Guards, lists by hand and the rule, as " : "Without guards and lists by hand, as "}
          {readers} read it
        </span>
        {written.text !== undefined && <CopyButton value={written.text} label={`Copy the ${name}`} withText />}
      </div>
      {written.text !== undefined && (
        <Textarea
          aria-label={`Rule as ${name}`}
          description={`Reads ${variables} of one customer; instants are milliseconds since 1970 in UTC.`}
          inputWrapperOrder={["input", "description"]}
          value={written.text}
          readOnly
          minRows={4}
          maxRows={40}
          spellCheck={false}
          classNames={{ input: styles.code }}
          data-wrapped
        />
      )}
      {written.why !== undefined && <p className={styles.dim}>{written.why}</p>}
      {written.limits && (
        <>
          <p>{name} cannot say this rule as it is:</p>
          <FindingList findings={written.limits.map((limit) => ({ ...limit, severity: "warning" }))} />
        </>
      )}
    </div>
  );
}

type Written = { readonly text?: string; readonly why?: string; readonly limits?: readonly FormatLimit[] };

function writeDocument(
  document: SegmentDocument,
  vocabulary: DocumentVocabulary,
  format: Format,
  whole: boolean,
): Written {
  const check = checkRule(document.definition.rule, vocabulary, document.key);
  if (!check.ok) return { why: "The rule is not finished yet; the findings say what it lacks." };
  const checked = { ...document, definition: { ...document.definition, rule: check.rule } };
  const tree = whole ? membershipParts(checked, vocabulary).tree : check.rule;
  if (hasBareReference(tree))
    return {
      why: "The rule refers to other segments or lists. What they stand for is put in their place at the release.",
    };
  const written = formats[format].write(tree);
  return written.ok ? { text: written.output } : { limits: written.limits };
}

function writeJsonLogic(tree: Parameters<typeof toJsonLogic>[0]): ReturnType<typeof toCel> {
  const written = toJsonLogic(tree);
  return written.ok ? { ok: true, output: JSON.stringify(written.output, null, 2) } : written;
}
