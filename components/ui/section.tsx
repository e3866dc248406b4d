import { Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import styles from "./section.module.css";

type SectionProps = {
  readonly title: ReactNode;
  /** A dim figure or words after the title. */
  readonly count?: ReactNode;
  /** At the right of the title: a link, a key, an instant. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** Framed for pages of several blocks; panel inside side panels (hairline below); plain otherwise. */
  readonly variant?: "plain" | "framed" | "panel";
  /** Framed only: rows that bring their own padding run to the edge. */
  readonly flush?: boolean;
};

/** A titled block. No section stands framed inside a framed one. */
export function Section({ title, count, aside, children, variant = "plain", flush }: SectionProps) {
  const id = useId();
  return (
    <section className={styles.section} data-variant={variant} aria-labelledby={id}>
      <div className={styles.head}>
        <Title order={2} size="h3" id={id}>
          {title}
        </Title>
        {count !== undefined && <span className={styles.count}>{count}</span>}
        {aside !== undefined && <div className={styles.aside}>{aside}</div>}
      </div>
      <div className={styles.content} data-flush={flush || undefined}>
        {children}
      </div>
    </section>
  );
}
