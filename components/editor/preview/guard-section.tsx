import { formatNumber } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import type { Preview } from "@/lib/previews/contract";
import { lossRows } from "@/lib/previews/lost-words";
import { useEditing } from "../editor-context";
import styles from "./preview.module.css";

/**
 * Whom rule and lists would take, but a guard denies: guard by guard, each customer with the first that does. A single
 * purpose beside the regions stands in the funnel already.
 */
export function GuardSection({ preview, stale }: { readonly preview: Preview; readonly stale: boolean }) {
  const { purposes } = useEditing().choices;
  const rows = lossRows(preview.lost, purposes).filter((row) => row.customers > 0);
  if (rows.filter((row) => row.key !== "region").length < 2) return null;
  const total = rows.reduce((sum, row) => sum + row.customers, 0);
  return (
    <Section title="Denied by guards" variant="panel" aside={formatNumber(total)}>
      <dl className={styles.figures} data-stale={stale || undefined}>
        {rows.map((row) => (
          <div key={row.key} className={styles.figure}>
            <dt>{row.text}</dt>
            <dd>{formatNumber(-row.customers)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
