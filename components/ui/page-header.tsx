import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./page.module.css";

type PageHeaderProps = {
  readonly title: ReactNode;
  /** Beside the title: a StatePill. */
  readonly state?: ReactNode;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  /** A bar of its own with a hairline below, for pages with a side panel. */
  readonly divided?: boolean;
};

/** The title of the screen and what can be done there; one filled button at most. */
export function PageHeader({ title, state, subtitle, actions, divided }: PageHeaderProps) {
  return (
    <div className={styles.header} data-divided={divided || undefined}>
      <div className={styles.heading}>
        <div className={styles.titleLine}>
          <Title order={1}>{title}</Title>
          {state}
        </div>
        {subtitle !== undefined && <div className={styles.subtitle}>{subtitle}</div>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
