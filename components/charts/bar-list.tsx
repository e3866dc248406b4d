import { formatNumber } from "@/components/ui/number-format";
import { ShareBar } from "@/components/ui/share-bar";
import styles from "./bar-list.module.css";

export type BarItem = {
  readonly key: string;
  readonly name: string;
  readonly value: number;
  /** Stands beside the others, as a missing value does. */
  readonly quiet?: boolean;
};

/** Name, bar, figure; the longest bar is the largest value. */
export function BarList({ items, stale }: { readonly items: readonly BarItem[]; readonly stale?: boolean }) {
  const largest = Math.max(0, ...items.map((item) => item.value));
  return (
    <ul className={styles.list} data-stale={stale || undefined}>
      {items.map((item) => (
        <li key={item.key} className={styles.item}>
          <span className={styles.name} data-quiet={item.quiet || undefined} title={item.name}>
            {item.name}
          </span>
          <ShareBar share={largest === 0 ? 0 : item.value / largest} />
          <span className={styles.value}>{formatNumber(item.value)}</span>
        </li>
      ))}
    </ul>
  );
}
