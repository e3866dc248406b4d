import { Title } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/link-button";
import { formatNumber } from "@/components/ui/number-format";
import styles from "./waiting.module.css";

export type WaitingRow = {
  readonly key: string;
  readonly mark: ReactNode;
  readonly name: string;
  /** After the name: the version, the environment. */
  readonly about: string;
  readonly text: ReactNode;
  /** One above the other: enter, leave. */
  readonly effect?: readonly [string, string];
  readonly age: ReactNode;
  readonly href: string;
  readonly action: string;
  /** The row to begin with: its action is the screen's filled button. */
  readonly first?: boolean;
};

type WaitingGroupProps = {
  readonly title: string;
  readonly total: number;
  readonly effectTitle?: string;
  readonly ageTitle: string;
  readonly rows: readonly WaitingRow[];
  readonly more?: { readonly href: string; readonly label: string };
};

/** One kind of work, each row with its effect and its action. Left out while there is none of it. */
export function WaitingGroup({ title, total, effectTitle, ageTitle, rows, more }: WaitingGroupProps) {
  if (rows.length === 0) return null;
  return (
    <section className={styles.group} aria-label={title}>
      <div className={styles.head}>
        <Title order={2} size="h3">
          {title} <span className={styles.total}>{formatNumber(total)}</span>
        </Title>
        <span className={styles.effect}>{effectTitle}</span>
        <span className={styles.age}>{ageTitle}</span>
        <span className={styles.action} />
      </div>
      <ul className={styles.rows}>
        {rows.map((row) => (
          <Row key={row.key} row={row} />
        ))}
      </ul>
      {more && total > rows.length && (
        <Link className={styles.more} href={more.href}>
          {more.label}
        </Link>
      )}
    </section>
  );
}

function Row({ row }: { readonly row: WaitingRow }) {
  return (
    <li className={styles.row} data-first={row.first || undefined}>
      <span className={styles.mark}>{row.mark}</span>
      <div className={styles.what}>
        <p className={styles.nameLine} title={row.name}>
          <b className={styles.name}>{row.name}</b> <span className={styles.about}>{row.about}</span>
        </p>
        <p className={styles.text}>{row.text}</p>
      </div>
      <span className={styles.effect}>
        {row.effect && (
          <>
            <span>{row.effect[0]}</span>
            <span className={styles.dim}>{row.effect[1]}</span>
          </>
        )}
      </span>
      <span className={styles.age}>{row.age}</span>
      <span className={styles.action}>
        {row.first ? (
          <LinkButton href={row.href} variant="filled" size="xs" fullWidth aria-label={`${row.action}: ${row.name}`}>
            {row.action}
          </LinkButton>
        ) : (
          <Link className={styles.plainAction} href={row.href} aria-label={`${row.action}: ${row.name}`}>
            {row.action}
          </Link>
        )}
      </span>
    </li>
  );
}
