import type { ReactNode } from "react";
import styles from "./message.module.css";

type EmptyStateProps = {
  /** What there is not: "No segment matches". */
  readonly title: string;
  /** What to do next. */
  readonly children?: ReactNode;
  /** One button. */
  readonly action?: ReactNode;
};

/** In place of the rows. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className={styles.message}>
      <p className={styles.title}>{title}</p>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}
