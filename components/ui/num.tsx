import { formatNumber, formatShare, type NumberFormat } from "./number-format";
import styles from "./text.module.css";

type NumProps = NumberFormat & {
  readonly value: number | null | undefined;
  readonly format?: "number" | "share";
};

/** A figure with separators and a true minus; `format="share"` takes 0 … 1 and writes per cent. */
export function Num({ value, format = "number", ...how }: NumProps) {
  const text = format === "share" ? formatShare(value, how) : formatNumber(value, how);
  return <span className={styles.number}>{text}</span>;
}
