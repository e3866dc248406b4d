import { Skeleton, VisuallyHidden } from "@mantine/core";
import styles from "./table.module.css";

type TableSkeletonProps = { readonly rows?: number; readonly rowHeight?: number };

const widths = ["38%", "26%", "33%", "22%", "41%", "29%"];

/** Stands for rows that are on their way; never a spinner. */
export function TableSkeleton({ rows = 8, rowHeight = 42 }: TableSkeletonProps) {
  return (
    <div role="status">
      <VisuallyHidden>Loading</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className={styles.skeletonRow} style={{ height: rowHeight }}>
          <Skeleton height={10} width={widths[row % widths.length]} />
          <Skeleton height={10} width={64} />
          <Skeleton height={10} width={48} />
        </div>
      ))}
    </div>
  );
}
