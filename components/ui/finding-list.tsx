import type { ReactNode } from "react";
import type { Finding, FindingSeverity } from "@/lib/findings";
import styles from "./finding-list.module.css";
import { formatCount } from "./number-format";

const shapes = {
  blocking: { tone: styles.bad, path: "M5.3 1.5H10.7L14.5 5.3V10.7L10.7 14.5H5.3L1.5 10.7V5.3Z" },
  warning: {
    tone: styles.warning,
    path: "M8 1.9C8.5 1.9 8.9 2.2 9.2 2.6L14.6 12.2C15.1 13.1 14.5 14.2 13.4 14.2H2.6C1.5 14.2 0.9 13.1 1.4 12.2L6.8 2.6C7.1 2.2 7.5 1.9 8 1.9Z",
  },
} as const;

const names = { blocking: "blocking", warning: "warning", note: "note" } satisfies Record<FindingSeverity, string>;

/** Octagon blocks, triangle warns, ring notes. */
export function FindingIcon({ severity, size = 14 }: { readonly severity: FindingSeverity; readonly size?: number }) {
  const shared = { viewBox: "0 0 16 16", width: size, height: size };
  if (severity === "note") {
    return (
      <svg {...shared} role="img" aria-label={names[severity]} className={`${styles.icon} ${styles.note}`}>
        <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <circle cx="8" cy="5.2" r="0.95" fill="currentColor" />
        <path d="M8 7.6V11" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </svg>
    );
  }
  const low = severity === "warning";
  return (
    <svg {...shared} role="img" aria-label={names[severity]} className={`${styles.icon} ${shapes[severity].tone}`}>
      <path d={shapes[severity].path} fill="currentColor" />
      <path
        d={low ? "M8 6V9.2" : "M8 4.4V8.5"}
        stroke="var(--st-on-mark)"
        strokeWidth="1.6"
        strokeLinecap="round"
        fill="none"
      />
      <circle cx="8" cy={low ? 11.6 : 11.2} r="0.95" fill="var(--st-on-mark)" />
    </svg>
  );
}

type FindingListProps = {
  readonly findings: readonly Finding[];
  /** Said when there are none. */
  readonly none?: ReactNode;
  /** A link or button for a finding: "Show", "Fix". */
  readonly action?: (finding: Finding) => ReactNode;
};

const rank = { blocking: 0, warning: 1, note: 2 } satisfies Record<FindingSeverity, number>;

/** Every finding, the blocking ones first, with what would be accepted below. */
export function FindingList({ findings, none, action }: FindingListProps) {
  if (findings.length === 0) return none === undefined ? null : <p className={styles.none}>{none}</p>;
  const ordered = [...findings].sort((a, b) => rank[a.severity] - rank[b.severity]);
  return (
    <ul className={styles.list}>
      {ordered.map((finding) => (
        <li key={`${finding.code} ${finding.path} ${finding.message}`} className={styles.item}>
          <FindingIcon severity={finding.severity} />
          <div>
            <p>{finding.message}</p>
            {finding.resolution !== "" && finding.resolution !== finding.message && (
              <p className={styles.resolution}>{finding.resolution}</p>
            )}
            {action?.(finding)}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** "2 blocking · 1 warning", each in its colour; nothing where there is nothing. */
export function FindingSummary({ findings }: { readonly findings: readonly Pick<Finding, "severity">[] }) {
  const blocking = findings.filter((finding) => finding.severity === "blocking").length;
  const warnings = findings.filter((finding) => finding.severity === "warning").length;
  return (
    <span>
      {blocking > 0 && <span className={styles.badText}>{blocking} blocking</span>}
      {blocking > 0 && warnings > 0 && " · "}
      {warnings > 0 && <span className={styles.warningText}>{formatCount(warnings, "warning")}</span>}
    </span>
  );
}
