import styles from "./chart.module.css";

type ChartTooltipProps = {
  readonly title: string;
  readonly rows: readonly { readonly label: string; readonly color: string; readonly value: string }[];
};

/** The instant, then the values, right-aligned. */
export function ChartTooltip({ title, rows }: ChartTooltipProps) {
  return (
    <div className={styles.tooltip}>
      <p className={styles.tooltipTitle}>{title}</p>
      {rows.map((row) => (
        <p key={row.label} className={styles.tooltipRow}>
          <span className={styles.swatch} style={{ color: row.color }} />
          <span>{row.label}</span>
          <b>{row.value}</b>
        </p>
      ))}
    </div>
  );
}
