import type { ReactNode } from "react";
import styles from "./text.module.css";

export function OldMark({ children }: { readonly children: ReactNode }) {
  return <del className={styles.old}>{children}</del>;
}

export function NewMark({ children }: { readonly children: ReactNode }) {
  return <ins className={styles.new}>{children}</ins>;
}

/** What was and what is; either may be missing. */
export function DiffMark({ before, after }: { readonly before?: ReactNode; readonly after?: ReactNode }) {
  return (
    <>
      {before !== undefined && <OldMark>{before}</OldMark>}
      {before !== undefined && after !== undefined && " "}
      {after !== undefined && <NewMark>{after}</NewMark>}
    </>
  );
}
