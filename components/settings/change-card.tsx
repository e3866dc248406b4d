"use client";

import { DiffMark } from "@/components/ui/diff-mark";
import { FindingList } from "@/components/ui/finding-list";
import { TimeAgo } from "@/components/ui/instant";
import { type GlyphState, StatePill } from "@/components/ui/state-glyph";
import { changeKinds } from "@/lib/changes/change-kinds";
import type { ChangeState } from "@/lib/changes/change-rules";
import type { Change } from "@/lib/changes/contract";
import { ChangeDecision } from "./change-decision";
import styles from "./changes.module.css";
import { deciderWords } from "./decider-words";

const looks = {
  open: { glyph: "in-review", word: "waiting" },
  applied: { glyph: "passed", word: "applied" },
  rejected: { glyph: "failed", word: "rejected" },
  withdrawn: { glyph: "never", word: "withdrawn" },
} as const satisfies Record<ChangeState, { glyph: GlyphState; word: string }>;

type ChangeCardProps = {
  readonly change: Change;
  /** The one to begin with: applying it is the screen's filled button. */
  readonly isFirst: boolean;
  readonly isNamed: boolean;
};

/** What it was and what it becomes, who says so and why, and what the one who looks may do about it. */
export function ChangeCard({ change, isFirst, isNamed }: ChangeCardProps) {
  const { number, kind, subject, lines, reason, state, author, findings } = change;
  const title = `${changeKinds[kind].noun} ${subject.name}`;
  return (
    <article className={styles.card} data-named={isNamed || undefined} aria-label={`Change ${number}: ${title}`}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <span className={styles.dim}>change {number}</span>
        <StatePill state={looks[state].glyph}>{looks[state].word}</StatePill>
      </header>
      <p className={styles.said}>
        <b>{author.name}</b> proposed it <TimeAgo at={change.createdAt} />: {reason}
      </p>
      <dl className={styles.lines}>
        {lines.map(({ label, before, after }) => (
          <div key={label} className={styles.line}>
            <dt>{label}</dt>
            <dd>
              <DiffMark {...(before === null ? {} : { before })} {...(after === null ? {} : { after })} />
            </dd>
          </div>
        ))}
      </dl>
      <FindingList findings={findings} />
      {state === "open" ? (
        <>
          <p className={styles.dim}>{deciderWords(change)}</p>
          <ChangeDecision change={change} isFirst={isFirst} />
        </>
      ) : (
        <p className={styles.dim}>
          {change.decidedBy
            ? `${change.decidedBy.name} ${state} it`
            : state === "withdrawn"
              ? `${author.name} withdrew it`
              : `It was ${state} at once: there was nobody else`}{" "}
          <TimeAgo at={change.decidedAt} />
          {change.comment && `: ${change.comment}`}
        </p>
      )}
    </article>
  );
}
