import { formatNumber } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import { PartsBar } from "@/components/ui/share-bar";
import type { Preview } from "@/lib/previews/contract";
import styles from "./preview.module.css";

/** Who would enter and leave if this replaced the live version. */
export function ImpactSection({ preview, stale }: { readonly preview: Preview; readonly stale: boolean }) {
  const { impact } = preview;
  if (!impact)
    return (
      <Section title="Against live" variant="panel">
        <p className={styles.dim}>Nothing is live in production: all {formatNumber(preview.members)} would enter.</p>
      </Section>
    );
  const still = impact.entering === 0 && impact.leaving === 0;
  return (
    <Section title="Against live" variant="panel" aside={<>{formatNumber(impact.staying)} stay</>}>
      {still ? (
        <p className={styles.dim}>Nobody enters or leaves.</p>
      ) : (
        <div className={styles.impact} data-stale={stale || undefined}>
          <span className={styles.strong}>{formatNumber(-impact.leaving)}</span>
          <PartsBar
            parts={[
              { label: "leaving", value: impact.leaving, tone: "grey" },
              { label: "entering", value: impact.entering, tone: "accent" },
            ]}
          />
          <span className={styles.strong}>{formatNumber(impact.entering, { signed: true })}</span>
          <span className={styles.dim}>leave</span>
          <span />
          <span className={styles.dim}>enter</span>
        </div>
      )}
    </Section>
  );
}
