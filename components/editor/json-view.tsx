"use client";

import { Button, Group, Textarea } from "@mantine/core";
import { useState } from "react";
import { FindingList } from "@/components/ui/finding-list";
import type { AttributeItem } from "@/lib/catalogue/contract";
import type { Finding } from "@/lib/findings";
import { checkRule } from "@/lib/rules/check";
import type { Rule } from "@/lib/rules/definition";
import styles from "./editor.module.css";

type JsonViewProps = {
  readonly rule: Rule;
  readonly attributes: ReadonlyMap<string, AttributeItem>;
  readonly onRule: (rule: Rule) => void;
  readonly readOnly: boolean;
};

/** The rule as its tree. What is typed becomes the rule as soon as it is one; until then it only stands here. */
export function JsonView({ rule, attributes, onRule, readOnly }: JsonViewProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? JSON.stringify(rule, null, 2);
  const read = readRule(text, attributes);
  function type(next: string): void {
    setTyped(next);
    const answer = readRule(next, attributes);
    if (answer.rule && JSON.stringify(answer.rule) !== JSON.stringify(rule)) onRule(answer.rule);
  }
  return (
    <div className={styles.json}>
      <Textarea
        aria-label="Rule as JSON"
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
        readOnly={readOnly}
        minRows={12}
        maxRows={40}
        spellCheck={false}
        classNames={{ input: styles.code }}
        description={
          read.rule ? "Taken over as it is typed." : "Not taken over: the rule is still the one in words above."
        }
        inputWrapperOrder={["input", "description"]}
        data-own-undo
      />
      <FindingList findings={read.findings} none="The tree is a sound rule." action={(finding) => finding.path} />
      {typed !== null && (
        <Group>
          <Button size="xs" onClick={() => setTyped(null)}>
            {read.rule ? "Lay out anew" : "Discard what was typed"}
          </Button>
        </Group>
      )}
    </div>
  );
}

function readRule(
  text: string,
  attributes: ReadonlyMap<string, AttributeItem>,
): { rule?: Rule; findings: readonly Finding[] } {
  const parsed = parse(text);
  if (!parsed.ok) return { findings: [notJson(parsed.why)] };
  const check = checkRule(parsed.value, { attributes });
  return check.ok ? { rule: check.rule, findings: check.findings } : { findings: check.findings };
}

function parse(text: string): { ok: true; value: unknown } | { ok: false; why: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : "" };
  }
}

function notJson(why: string): Finding {
  return { code: "not-json", severity: "blocking", message: "This is not JSON.", path: "", resolution: why };
}
