import styles from "./data.module.css";
import { formatShare } from "./number-format";

export type BarTone = "grey" | "accent" | "pale" | "warning" | "bad";

type ShareBarProps = {
  /** 0 … 1 of the track. */
  readonly share: number;
  readonly tone?: BarTone;
  /** CSS width of the track; 100 % unless given. */
  readonly width?: number | string;
  /** In words, where the figure does not stand beside it. */
  readonly label?: string;
  /** Grows from the right, as in the rule builder. */
  readonly fromRight?: boolean;
};

/** A share of a whole. Grey for conditions, accent for guards and "this one". */
export function ShareBar({ share, tone = "grey", width = "100%", label, fromRight }: ShareBarProps) {
  const filled = Math.min(Math.max(share, 0), 1);
  return (
    <span
      className={styles.track}
      style={{ width }}
      data-from-right={fromRight || undefined}
      {...(label === undefined
        ? { "aria-hidden": true }
        : { role: "img", "aria-label": `${label}: ${formatShare(filled)}` })}
    >
      {filled > 0 && <span className={styles.bar} data-tone={tone} style={{ width: `max(2px, ${filled * 100}%)` }} />}
    </span>
  );
}

export type BarPart = { readonly label: string; readonly value: number; readonly tone: BarTone };

/** One bar in parts of one whole: leaving and entering, only here and in both. */
export function PartsBar({ parts, height = 8 }: { readonly parts: readonly BarPart[]; readonly height?: number }) {
  const label = parts.map((part) => `${part.label} ${part.value}`).join(", ");
  return (
    <span className={styles.parts} style={{ height }} role="img" aria-label={label}>
      {parts
        .filter((part) => part.value > 0)
        .map((part) => (
          <span key={part.label} className={styles.bar} data-tone={part.tone} style={{ flexGrow: part.value }} />
        ))}
    </span>
  );
}
