import { formatNumber, formatShare } from "@/components/ui/number-format";
import { ShareBar } from "@/components/ui/share-bar";
import styles from "./step-funnel.module.css";

export type FunnelLine = {
  readonly key: string;
  readonly text: string;
  readonly kind: "everyone" | "rule" | "hand" | "guard";
  readonly left: number;
  readonly change: number;
  /** 0 … 1 of the line before; null where nothing can be said. */
  readonly keeps: number | null;
};

type StepFunnelProps = {
  readonly label: string;
  readonly lines: readonly FunnelLine[];
  /** The figures are of an earlier rule. */
  readonly stale?: boolean;
};

/** From everyone down to the members. A bar is the share of the line before that stays, so a harsh guard shows at any size. */
export function StepFunnel({ label, lines, stale }: StepFunnelProps) {
  return (
    <div className={styles.frame}>
      <table className={styles.funnel} aria-label={label} data-stale={stale || undefined}>
        <thead>
          <tr>
            <th scope="col" className={styles.title}>
              {label}
            </th>
            <th scope="col" colSpan={2}>
              Keeps
            </th>
            <th scope="col">Left</th>
            <th scope="col">Lost</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <Line key={line.key} line={line} last={index === lines.length - 1} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ line, last }: { readonly line: FunnelLine; readonly last: boolean }) {
  const guard = line.kind === "guard";
  return (
    <tr data-last={last || undefined}>
      <th scope="row" className={styles.step}>
        {guard && <span className={styles.guard} aria-hidden />}
        {line.text}
      </th>
      <td className={styles.bar}>
        {line.keeps !== null && <ShareBar share={line.keeps} tone={guard ? "accent" : "grey"} width="100%" />}
      </td>
      <td className={styles.dim}>{line.kind === "everyone" ? "" : formatShare(line.keeps)}</td>
      <td>{formatNumber(line.left)}</td>
      <td className={styles.dim}>{line.kind === "everyone" ? "" : formatNumber(line.change, { signed: true })}</td>
    </tr>
  );
}
