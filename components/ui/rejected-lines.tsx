import { FindingIcon } from "./finding-list";
import { formatNumber } from "./number-format";
import styles from "./rejected-lines.module.css";

type RejectedLinesProps = {
  readonly rejected: number;
  /** The first of them. */
  readonly rejects: readonly { readonly line: number; readonly message: string; readonly resolution: string }[];
};

const shown = 5;

/** Which lines of a text are left out and why; they cost no other line. */
export function RejectedLines({ rejected, rejects }: RejectedLinesProps) {
  if (rejected === 0) return null;
  return (
    <ul className={styles.lines} aria-label="What is left out">
      {rejects.slice(0, shown).map(({ line, message, resolution }) => (
        <li key={line}>
          <FindingIcon severity="warning" />
          <span>
            Line {formatNumber(line)}: {message} <span className={styles.resolution}>{resolution}</span>
          </span>
        </li>
      ))}
      {rejected > shown && <li className={styles.resolution}>and {formatNumber(rejected - shown)} more</li>}
    </ul>
  );
}
