import type { ReactNode } from "react";
import styles from "./text.module.css";

/** Keys under names, small and faint. */
export function KeyText({ children }: { readonly children: ReactNode }) {
  return <span className={styles.key}>{children}</span>;
}

/** Versions, revisions, hashes and treatment values within a line. */
export function Mono({ children, dim }: { readonly children: ReactNode; readonly dim?: boolean }) {
  return <span className={dim ? `${styles.mono} ${styles.dim}` : styles.mono}>{children}</span>;
}

/** The first and last characters of a content hash, the whole of it in the title. */
export function HashText({ hash }: { readonly hash: string }) {
  const bare = hash.replace(/^sha256:/, "");
  return (
    <span className={`${styles.mono} ${styles.dim} ${styles.hash}`} title={hash}>
      {bare.length > 10 ? `${bare.slice(0, 4)}…${bare.slice(-4)}` : bare}
    </span>
  );
}
