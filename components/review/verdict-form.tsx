"use client";

import { Button, Radio, Stack, Textarea } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorLine } from "@/components/ui/error-state";
import { Section } from "@/components/ui/section";
import { Shortcut } from "@/components/ui/shortcut";
import type { Review, verdictKinds } from "@/lib/versions/contract";
import { recordVerdict } from "@/lib/versions/mutations";
import styles from "./review.module.css";

type VerdictKind = (typeof verdictKinds)[number];

const words = {
  approve: { label: "Approve", what: "this exact content may be released" },
  request_changes: { label: "Request changes", what: "the author edits and submits again" },
  reject: { label: "Reject", what: "this version ends here" },
} as const satisfies Record<VerdictKind, { label: string; what: string }>;

export function VerdictForm({ review }: { readonly review: Review }) {
  const { allowed, why } = review.possible.verdict;
  const [verdict, setVerdict] = useState<VerdictKind>("approve");
  const [comment, setComment] = useState("");
  const record = useMutation(recordVerdict);
  const lacksComment = verdict !== "approve" && comment.trim() === "";
  function send(): void {
    if (lacksComment || record.isPending || !allowed) return;
    const { id: versionId, contentHash } = review.version;
    const seen = { contentHash, basis: review.approvals.basis };
    record.mutate({ versionId, verdict, comment: comment.trim(), ...seen }, { onSuccess: () => setComment("") });
  }
  useHotkeys([["mod+Enter", send]], []);
  if (!allowed) {
    return (
      <Section title="Your verdict" variant="panel">
        <p className={styles.panelText}>{why}</p>
      </Section>
    );
  }
  return (
    <Section title="Your verdict" variant="panel">
      <Stack gap="sm">
        <Textarea
          aria-label="Comment"
          placeholder="Say why. Authors read this first."
          autosize
          minRows={3}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
          error={lacksComment && record.isError ? "Say what should change." : undefined}
        />
        <Radio.Group value={verdict} onChange={(value) => setVerdict(value as VerdictKind)} aria-label="Verdict">
          <Stack gap={6}>
            {(Object.keys(words) as VerdictKind[]).map((kind) => (
              <Radio key={kind} value={kind} label={words[kind].label} description={words[kind].what} />
            ))}
          </Stack>
        </Radio.Group>
        <ErrorLine error={record.error} />
        <Button variant="filled" onClick={send} loading={record.isPending} disabled={lacksComment} fullWidth>
          {words[verdict].label} v{review.version.number}&nbsp; <Shortcut keys={["Ctrl", "↵"]} />
        </Button>
        {lacksComment && <p className={styles.panelText}>A comment is needed: say what should change.</p>}
      </Stack>
    </Section>
  );
}
