"use client";

import { Tooltip } from "@mantine/core";
import { SaveState } from "@/components/ui/save-state";
import type { SaveStatus } from "./draft-saver";
import styles from "./editor.module.css";

const words = {
  saved: "saved",
  saving: "saving",
  unsaved: "unsaved",
  stale: "failed",
  refused: "failed",
  unreachable: "failed",
} as const;

/** Where the draft stands with the server, and why it is not saved. */
export function SaveStatusLine({ status, onRetry }: { readonly status: SaveStatus; readonly onRetry: () => void }) {
  const why =
    status.kind === "unreachable"
      ? `${status.why} Your text is kept here and is tried again.`
      : status.kind === "refused"
        ? status.why
        : status.kind === "stale"
          ? "Somebody else saved this draft meanwhile."
          : "";
  return (
    <Tooltip label={why} disabled={why === ""}>
      <span className={styles.save}>
        <SaveState
          state={words[status.kind]}
          savedAt={status.kind === "saved" ? status.at : null}
          {...(status.kind === "unreachable" ? { onRetry } : {})}
        />
      </span>
    </Tooltip>
  );
}
