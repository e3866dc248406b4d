"use client";

import { VisuallyHidden } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { TimeAgo } from "@/components/ui/instant";
import { type GlyphState, StateGlyph } from "@/components/ui/state-glyph";
import type { NoticeItem } from "@/lib/notices/contract";
import { readNotices } from "@/lib/notices/mutations";
import styles from "./notices.module.css";

const glyphOfKind: Readonly<Record<string, GlyphState>> = {
  "segment.submitted": "in-review",
  "verdict.recorded": "approved",
  "approvals.voided": "attention",
  "segment.released": "live",
  "segment.rolled-back": "deprecated",
  "segment.killed": "killed",
  "segment.break-glass": "attention",
  "schedule.refused": "failed",
  "rollout.held": "attention",
  "change.proposed": "in-review",
  "change.decided": "approved",
};

type NoticeRowProps = { readonly notice: NoticeItem; readonly onOpen?: () => void };

/** What happened, as a link to where it did; opening it has it read. */
export function NoticeRow({ notice, onOpen }: NoticeRowProps) {
  const { id, kind, title, body, href, createdAt, readAt } = notice;
  const read = useMutation(readNotices);
  function opened(): void {
    if (!readAt) read.mutate({ ids: [id] });
    onOpen?.();
  }
  return (
    <li className={styles.row} data-unread={!readAt || undefined}>
      <StateGlyph state={glyphOfKind[kind] ?? "draft"} label="" />
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
