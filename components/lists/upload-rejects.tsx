import { FindingIcon } from "@/components/ui/finding-list";
import { formatNumber } from "@/components/ui/number-format";
import styles from "./lists.module.css";
import type { UploadPlan } from "./upload-plan";

const shownRejects = 5;

/** Which lines are left out and why; they cost no other line. */
export function UploadRejects({ plan: { rejected, rejects } }: { readonly plan: UploadPlan }) {
  if (rejected === 0) return null;
  return (
    <ul className={styles.rejects} aria-label="Lines that are left out">
      {rejects.slice(0, shownRejects).map((reject) => (
        <li key={reject.line}>
          <FindingIcon severity="warning" />
          <span>
            Line {formatNumber(reject.line)}: {reject.message} <span className={styles.dim}>{reject.resolution}</span>
          </span>
        </li>
      ))}
      {rejected > shownRejects && <li className={styles.dim}>{formatNumber(rejected - shownRejects)} more</li>}
    </ul>
  );
}
