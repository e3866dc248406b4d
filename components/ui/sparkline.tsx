import styles from "./data.module.css";

type SparklineProps = {
  readonly values: readonly number[];
  /** What it says in words, where no figure beside it does; otherwise it is decoration. */
  readonly label?: string;
  readonly width?: number;
  readonly height?: number;
};

const leastSpan = 0.05;

/** Spans at least 5 % of its value, so that a steady line looks steady. */
export function sparklinePath(values: readonly number[], width: number, height: number): string {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const middle = (low + high) / 2;
  const span = Math.max(high - low, Math.abs(middle) * leastSpan, 1e-9);
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  return values
    .map((value, index) => {
      const y = height / 2 - ((value - middle) / span) * height;
      return `${index === 0 ? "M" : "L"}${(index * step).toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}

/** The last 30 days in a table's cell. Two points are needed for a line. */
export function Sparkline({ values, label, width = 76, height = 18 }: SparklineProps) {
  if (values.length < 2) return null;
  return (
    <svg
      className={styles.sparkline}
      viewBox={`-1 -1 ${width + 2} ${height + 2}`}
      width={width}
      height={height}
      role={label === undefined ? "presentation" : "img"}
      aria-label={label}
      aria-hidden={label === undefined}
    >
      <path d={sparklinePath(values, width, height)} fill="none" stroke="currentColor" strokeWidth="1.25" />
    </svg>
  );
}
