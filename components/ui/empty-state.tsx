import type { ReactNode } from "react";
import styles from "./message.module.css";

type EmptyStateProps = {
  /** What there is not: "No segment matches". */
  readonly title: string;
  /** What to do next. */
  readonly children?: ReactNode;
  /** One button. */
  readonly action?: ReactNode;
  /** Where it is the whole page, its title is the page's heading. */
  readonly wholePage?: boolean;
};

/** In place of the rows. */
export function EmptyState({ title, children, action, wholePage }: EmptyStateProps) {
  const Heading = wholePage ? "h1" : "p";
  return (
    <div className={styles.message}>
      <Heading className={styles.title}>{title}</Heading>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}
