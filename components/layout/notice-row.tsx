"use client";

import { VisuallyHidden } from "@mantine/core";
import { IconMessage2 } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { TimeAgo } from "@/components/ui/instant";
import { type GlyphState, StateGlyph } from "@/components/ui/state-glyph";
import type { NoticeItem } from "@/lib/notices/contract";
import type { NoticeKind } from "@/lib/notices/events";
import { readNotices } from "@/lib/notices/mutations";
import styles from "./notices.module.css";

const glyphs = {
  "review.requested": "in-review",
  "verdict.recorded": null,
  "approvals.voided": "attention",
  "comment.added": null,
  "segment.released": "live",
  "segment.rolled-back": "deprecated",
  "segment.killed": "killed",
  "segment.break-glass": "attention",
  "break-glass.reminder": "attention",
  "break-glass.closed": "passed",
  "schedule.fired": "live",
  "schedule.refused": "failed",
  "rollout.held": "attention",
  "change.proposed": "in-review",
  "change.decided": null,
  "consumer.behind": "attention",
  "consumer.refused": "failed",
  "consumer.recovered": "passed",
} satisfies Record<NoticeKind, GlyphState | null>;

/** What is stored may be of a kind that is told no more; words of people have no state. */
const glyphOfKind: Readonly<Record<string, GlyphState | null>> = glyphs;

type NoticeRowProps = { readonly notice: NoticeItem; readonly onOpen?: () => void };

/** What happened, as a link to where it did; opening it has it read. */
export function NoticeRow({ notice, onOpen }: NoticeRowProps) {
  const { id, kind, title, body, href, createdAt, readAt } = notice;
  const glyph = glyphOfKind[kind];
  const read = useMutation(readNotices);
  function opened(): void {
    if (!readAt) read.mutate({ ids: [id] });
    onOpen?.();
  }
  return (
    <li className={styles.row} data-unread={!readAt || undefined}>
      {glyph ? <StateGlyph state={glyph} label="" /> : <IconMessage2 size={14} stroke={1.6} aria-hidden />}
      <Link href={href} className={styles.what} onClick={opened} data-notice={id}>
        <span className={styles.title}>{title}</span>
        {!readAt && <VisuallyHidden> (unread)</VisuallyHidden>}
        {body !== "" && <span className={styles.body}>{body}</span>}
      </Link>
      <span className={styles.age}>
        <TimeAgo at={createdAt} bare />
      </span>
    </li>
  );
}
