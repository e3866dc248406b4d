"use client";

import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { Section } from "@/components/ui/section";
import { SentenceParts } from "@/components/ui/sentence-parts";
import { formatPath, type Rule } from "@/lib/rules/definition";
import { type DiffLine, type DiffRow, diffLines } from "@/lib/rules/diff-lines";
import { sentence } from "@/lib/rules/phrase";
import { unresolved } from "@/lib/rules/references";
import type { RuleVocabulary } from "@/lib/rules/vocabulary";
import { below } from "@/lib/segments/draft-shape";
import { PlaceButton } from "./place-context";
import styles from "./review.module.css";
import type { ReviewedRules } from "./reviewed-rules";

type RuleDiffProps = {
  /** What the sides are called, as "v6, live". */
  readonly titles: { readonly before: string; readonly after: string };
  readonly rules: ReviewedRules;
  readonly vocabulary: RuleVocabulary;
};

type View = "split" | "one" | "json";

/** The rule before and after, line by line; one column where there is nothing before. */
export function RuleDiff({ titles, rules, vocabulary }: RuleDiffProps) {
  const [view, setView] = useState<View>("split");
  const { before, after } = rules;
  const rows = diffLines(before ?? after, after, vocabulary);
  return (
    <Section
      title="Rule"
      variant="framed"
      flush
      aside={
        <span className={styles.steps}>
          <span>{before ? rowsInWords(rows) : "a first version"}</span>
          <SegmentedControl
            aria-label="How the rule is shown"
            size="xs"
            value={view}
            onChange={(value) => setView(value as View)}
            data={[
              ...(before ? [{ value: "split", label: "Side by side" }] : [{ value: "split", label: "Rule" }]),
              ...(before ? [{ value: "one", label: "In one" }] : []),
              { value: "json", label: "JSON" },
            ]}
          />
        </span>
      }
    >
      {view === "json" ? (
        <JsonSides before={before && unresolved(before)} after={unresolved(after)} />
      ) : view === "one" || !before ? (
        <div className={styles.diff} data-one>
          <OneColumn rows={rows} />
        </div>
      ) : (
        <div className={styles.diff}>
          <Side title={titles.before} rows={rows} side="left" />
          <Side title={titles.after} rows={rows} side="right" />
        </div>
      )}
    </Section>
  );
}

function rowsInWords(rows: readonly DiffRow[]): string {
  const count = (change: DiffRow["change"]) => rows.filter((row) => row.change === change).length;
  const parts = [
    [count("changed"), "changed"],
    [count("added"), "added"],
    [count("removed"), "removed"],
    [count("same"), "as before"],
  ] as const;
  return parts
    .filter(([many]) => many > 0)
    .map(([many, word]) => `${many} ${word}`)
    .join(", ");
}

type SideProps = { readonly title: string; readonly rows: readonly DiffRow[]; readonly side: "left" | "right" };

function Side({ title, rows, side }: SideProps) {
  const differs = side === "left" ? "removed" : "added";
  return (
    <div className={styles.side}>
      <div className={styles.sideTitle}>{title}</div>
      {rows.map((row) => {
        const line = row[side];
        const key = `${row.left?.number ?? ""}:${row.right?.number ?? ""}`;
        if (!line) return <div key={key} className={styles.line} data-change="none" />;
        return (
          <Line key={key} line={line} change={row.change === "same" ? "same" : differs} isNew={side === "right"} />
        );
      })}
    </div>
  );
}

function OneColumn({ rows }: { readonly rows: readonly DiffRow[] }) {
  return (
    <div className={styles.side}>
      {rows.flatMap((row) => {
        const key = `${row.left?.number ?? ""}:${row.right?.number ?? ""}`;
        if (row.change === "same" && row.right) return [<Line key={key} line={row.right} change="same" isNew />];
        return [
          row.left && <Line key={`${key} left`} line={row.left} change="removed" />,
          row.right && <Line key={`${key} right`} line={row.right} change="added" isNew />,
        ];
      })}
    </div>
  );
}

const signs = { same: "", removed: "−", added: "+" } as const;

type LineProps = {
  readonly line: DiffLine;
  readonly change: keyof typeof signs;
  /** Of the side that is reviewed: what is said is about that. */
  readonly isNew?: boolean;
};

function Line({ line, change, isNew = false }: LineProps) {
  const path = below("definition.rule", formatPath(line.path));
  return (
    <div className={styles.line} data-change={change}>
      <span className={styles.gutter}>
        {signs[change]} {line.number}
      </span>
      <span style={{ paddingLeft: line.indent * 18 }}>
        <SentenceParts parts={line.parts} />
      </span>
      {isNew && <PlaceButton path={path} text={sentence(line.parts)} />}
    </div>
  );
}

function JsonSides({ before, after }: { readonly before: Rule | undefined; readonly after: Rule }) {
  return (
    <div className={styles.diff} data-one={before ? undefined : true}>
      {[before, after].map(
        (rule, index) =>
          rule && (
            <pre key={index === 0 ? "before" : "after"} className={`${styles.side} ${styles.json}`}>
              {JSON.stringify(rule, null, 2)}
            </pre>
          ),
      )}
    </div>
  );
}
