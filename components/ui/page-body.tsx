import type { CSSProperties, ReactNode } from "react";
import styles from "./page.module.css";

/** One column with the page's margin: lists and forms. `narrow` for reading and forms. */
export function PageBody({ children, narrow }: { readonly children: ReactNode; readonly narrow?: boolean }) {
  return (
    <div className={styles.body} data-narrow={narrow || undefined}>
      {children}
    </div>
  );
}

type SplitBodyProps = {
  readonly children: ReactNode;
  readonly side: ReactNode;
  /** 330 review, 484 editor. */
  readonly sideWidth: number;
  readonly sideLabel: string;
};

/** Work at the left, a full-height panel at the right that stays while the left scrolls; below it when narrow. */
export function SplitBody({ children, side, sideWidth, sideLabel }: SplitBodyProps) {
  return (
    <div className={styles.split} style={{ "--side": `${sideWidth}px` } as CSSProperties}>
      <div className={styles.splitMain}>{children}</div>
      <aside className={styles.splitSide} aria-label={sideLabel}>
        {side}
      </aside>
    </div>
  );
}

/** Two columns of framed sections: home and on-call, `sideWidth` 376. */
export function ColumnsBody({
  children,
  side,
  sideWidth = 376,
}: {
  readonly children: ReactNode;
  readonly side: ReactNode;
  readonly sideWidth?: number;
}) {
  return (
    <div className={styles.columns} style={{ "--side": `${sideWidth}px` } as CSSProperties}>
      <div className={styles.column}>{children}</div>
      <div className={styles.column}>{side}</div>
    </div>
  );
}
