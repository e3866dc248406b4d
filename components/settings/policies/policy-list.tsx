"use client";

import type { ReactNode } from "react";
import { TextLink } from "@/components/ui/link-button";
import { Tag } from "@/components/ui/tag";
import styles from "./policies.module.css";

export type PolicyRow = {
  readonly key: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly words: ReactNode;
  readonly note: string;
  /** Changes of it that nobody has decided on yet. */
  readonly pending: readonly { readonly number: number }[];
  readonly action: ReactNode;
};

type PolicyListProps = {
  /** Names the list. */
  readonly label: string;
  readonly rows: readonly PolicyRow[];
  /** New ones that nobody has decided on yet. */
  readonly proposed: readonly { readonly key: string; readonly name: string; readonly number: number }[];
};

/** What two people decide on, each as a sentence with why it is there. */
export function PolicyList({ label, rows, proposed }: PolicyListProps) {
  return (
    <ul className={styles.policies} aria-label={label}>
      {rows.map(({ key, name, enabled, words, note, pending, action }) => (
        <li key={key} className={styles.policy} data-quiet={!enabled || undefined}>
          <div>
            <div className={styles.name}>
              {name} {!enabled && <Tag>not in force</Tag>}
            </div>
            <div>{words}</div>
            {note && <div className={styles.dim}>{note}</div>}
          </div>
          <div className={styles.tags}>
            {pending.map(({ number }) => (
              <PendingLink key={number} number={number} />
            ))}
            {action}
          </div>
        </li>
      ))}
      {proposed.map(({ key, name, number }) => (
        <li key={`${key} ${number}`} className={styles.policy} data-quiet>
          <div className={styles.name}>{name}</div>
          <div className={styles.tags}>
            <PendingLink number={number} />
          </div>
        </li>
      ))}
    </ul>
  );
}

export function PendingLink({ number }: { readonly number: number }) {
  return <TextLink href={`/settings/changes?change=${number}`}>change {number} waits</TextLink>;
}
