import Link from "next/link";
import type { ReactNode } from "react";
import { KeyText } from "./mono";
import styles from "./text.module.css";

type NameCellProps = {
  readonly name: string;
  readonly sub?: ReactNode;
  readonly href?: string;
  /** Beside the name: a version in review, a warning. */
  readonly aside?: ReactNode;
};

/** A table's first cell: the name, and its key below. With `href` it is the row's link. */
export function NameCell({ name, sub, href, aside }: NameCellProps) {
  return (
    <span className={styles.cell}>
      <span className={styles.cellTop}>
        {href ? (
          <Link href={href} className={styles.cellName} title={name} data-row-link>
            {name}
          </Link>
        ) : (
          <span className={styles.cellName} title={name}>
            {name}
          </span>
        )}
        {aside}
      </span>
      {sub !== undefined && <KeyText>{sub}</KeyText>}
    </span>
  );
}
