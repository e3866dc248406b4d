"use client";

import { Tooltip, VisuallyHidden } from "@mantine/core";
import styles from "./text.module.css";

type MaskedValueProps = {
  /** What the server left of it, or nothing. */
  readonly value?: string | null;
  readonly why?: string;
};

/** Stands where a value is hidden from the reader's role. */
export function MaskedValue({ value, why = "Masked for your role" }: MaskedValueProps) {
  return (
    <Tooltip label={why}>
      <span className={styles.masked}>
        <span aria-hidden>{value || "••••••"}</span>
        <VisuallyHidden>masked</VisuallyHidden>
      </span>
    </Tooltip>
  );
}
