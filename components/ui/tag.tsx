import type { ReactNode } from "react";
import styles from "./text.module.css";

/** Grey; `tone="new"` only where something is new or is for the reader ("UK, new", "you can"). */
export function Tag({ children, tone = "plain" }: { readonly children: ReactNode; readonly tone?: "plain" | "new" }) {
  return (
    <span className={styles.tag} data-tone={tone}>
      {children}
    </span>
  );
}

/** The first `max` as tags and how many more there are, named in the title. */
export function TagList({ tags, max = 2 }: { readonly tags: readonly string[]; readonly max?: number }) {
  const rest = tags.slice(max);
  return (
    <span className={styles.tags}>
      {tags.slice(0, max).map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
      {rest.length > 0 && (
        <span className={styles.tag} title={rest.join(", ")}>
          +{rest.length}
        </span>
      )}
    </span>
  );
}
