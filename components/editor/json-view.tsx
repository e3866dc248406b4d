"use client";

import { Button, Group, Textarea, UnstyledButton } from "@mantine/core";
import { useRef, useState } from "react";
import { FindingList } from "@/components/ui/finding-list";
import type { Finding } from "@/lib/findings";
import { fromBuilder, toBuilder } from "@/lib/rules/builder";
import { checkRule } from "@/lib/rules/check";
import type { Rule } from "@/lib/rules/definition";
import { lineAt, lineOfPath } from "@/lib/rules/line-of-path";
import { isSameRule } from "@/lib/rules/rule-text";
import type { RuleVocabulary } from "@/lib/rules/vocabulary";
import styles from "./editor.module.css";

type JsonViewProps = {
  readonly rule: Rule;
  readonly vocabulary: RuleVocabulary;
  readonly ownKey: string;
  readonly onRule: (rule: Rule) => void;
  readonly readOnly: boolean;
};

/** The rule as its tree. What is typed becomes the rule as soon as it is one; until then it only stands here. */
export function JsonView({ rule, vocabulary, ownKey, onRule, readOnly }: JsonViewProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? laidOut(rule);
  const read = readRule(text, vocabulary, ownKey);
  const lines = text.split("\n").length;
  function type(next: string): void {
    setTyped(next);
    const answer = readRule(next, vocabulary, ownKey);
    if (answer.rule && !isSameRule(answer.rule, rule)) onRule(answer.rule);
  }
  return (
    <div className={styles.json}>
      <div className={styles.codeFrame}>
        <div className={styles.lineNumbers} aria-hidden>
          {Array.from({ length: lines }, (_, line) => line + 1).join("\n")}
        </div>
        <Textarea
          ref={area}
          aria-label="Rule as JSON"
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
          readOnly={readOnly}
          minRows={12}
          maxRows={10_000}
          wrap="off"
          spellCheck={false}
          classNames={{ input: styles.code }}
          data-own-undo
        />
      </div>
      <p className={styles.dim}>
        {read.rule ? "Taken over as it is typed." : "Not taken over: the rule is still the one in words above."}
      </p>
      <FindingList
        findings={read.findings.map(({ line, ...finding }) => ({
          ...finding,
          message: `Line ${line}: ${finding.message}`,
        }))}
        none="The tree is a sound rule."
        action={(finding) => (
          <ShowLine
            path={finding.path}
            onShow={() => area.current && select(area.current, lineOf(finding, read.findings))}
          />
        )}
      />
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

/** Attribute, operator, value: a database gives fields back in an order of its own. */
function laidOut(rule: Rule): string {
  return JSON.stringify(fromBuilder(toBuilder(rule)), null, 2);
}

function ShowLine({ path, onShow }: { readonly path: string; readonly onShow: () => void }) {
  return (
    <span className={styles.place}>
      {path !== "" && <code>{path}</code>}
      <UnstyledButton onClick={onShow}>Show the line</UnstyledButton>
    </span>
  );
}

type PlacedFinding = Finding & { readonly line: number };

function lineOf(finding: Finding, findings: readonly PlacedFinding[]): number {
  return findings.find(({ code, path }) => code === finding.code && path === finding.path)?.line ?? 1;
}

function select(area: HTMLTextAreaElement, line: number): void {
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
}

type ReadRule = { readonly rule?: Rule; readonly findings: readonly PlacedFinding[] };

function readRule(text: string, vocabulary: RuleVocabulary, ownKey: string): ReadRule {
  const parsed = parse(text);
  if (!parsed.ok) return { findings: [parsed.finding] };
  const check = checkRule(parsed.value, vocabulary, ownKey);
  const findings = check.findings.map((finding) => ({ ...finding, line: lineOfPath(text, finding.path) }));
  return check.ok ? { rule: check.rule, findings } : { findings };
}

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly finding: PlacedFinding };

function parse(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const why = error instanceof Error ? error.message : "";
    const position = /position (\d+)/.exec(why)?.[1];
    const line = lineAt(text, position === undefined ? text.length : Number(position));
    const shared = { code: "not-json", severity: "blocking", path: "" } as const;
    return { ok: false, finding: { ...shared, line, message: "This is not JSON.", resolution: why } };
  }
}
