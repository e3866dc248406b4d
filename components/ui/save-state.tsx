"use client";

import { UnstyledButton } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { formatInstant, formatTime, type InstantLike } from "./instant-format";
import styles from "./save-state.module.css";

type SaveStateProps = {
  readonly state: "saved" | "saving" | "unsaved" | "failed";
  readonly savedAt?: InstantLike | null;
  readonly onRetry?: () => void;
};

/** "Saved 14:31", at the right of the header while editing. */
export function SaveState({ state, savedAt, onRetry }: SaveStateProps) {
  return (
    <span className={styles.state} data-state={state} role="status">
      {state === "saved" && <IconCheck size={14} stroke={1.8} aria-hidden />}
      {state === "saved" &&
        (savedAt ? <span title={formatInstant(savedAt)}>Saved {formatTime(savedAt)}</span> : "Saved")}
      {state === "saving" && "Saving…"}
      {state === "unsaved" && "Not saved yet"}
      {state === "failed" && "Not saved"}
      {state === "failed" && onRetry && (
        <UnstyledButton className={styles.retry} onClick={onRetry}>
          Save again
        </UnstyledButton>
      )}
    </span>
  );
}
