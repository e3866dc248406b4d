import { formatNumber } from "./number-format";
import styles from "./text.module.css";

/** A tab's word and how many are behind it: "In review 6". */
export function TabLabel({ children, count }: { readonly children: string; readonly count?: number | undefined }) {
  return (
    <>
      {children}
      {count !== undefined && <span className={styles.dim}> {formatNumber(count)}</span>}
    </>
  );
}
