import type { ReactNode } from "react";
import styles from "./facts.module.css";

export type Fact = {
  readonly label: ReactNode;
  readonly value: ReactNode;
  /** At the right: "Edit". */
  readonly action?: ReactNode;
};

type FactsProps = {
  readonly facts: readonly (Fact & { readonly key: string })[];
  /** Width of the labels' column. */
  readonly labelWidth?: number;
  readonly valueAlign?: "left" | "right";
};

/** Label and value, line by line. */
export function Facts({ facts, labelWidth = 140, valueAlign = "left" }: FactsProps) {
  return (
    <dl className={styles.facts}>
      {facts.map((fact) => (
        <div key={fact.key} className={styles.row}>
          <dt className={styles.label} style={{ width: labelWidth }}>
            {fact.label}
          </dt>
          <dd className={styles.value} data-align={valueAlign}>
            {fact.value}
          </dd>
          {fact.action !== undefined && <dd className={styles.action}>{fact.action}</dd>}
        </div>
      ))}
    </dl>
  );
}
