"use client";

import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useCan } from "@/components/layout/viewer";
import { formatNumber } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import { PartsBar } from "@/components/ui/share-bar";
import type { Preview } from "@/lib/previews/contract";
import { causeRows } from "@/lib/previews/impact-words";
import { ImpactSamples } from "./impact-samples";
import styles from "./preview.module.css";

type Impact = NonNullable<Preview["impact"]>;

/** Who would enter and leave if this replaced the live version, because of what, and some of them by name. */
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
        <div data-stale={stale || undefined} className={styles.impact}>
          <div className={styles.balance}>
            <span className={styles.strong}>{formatNumber(-impact.leaving)}</span>
            <PartsBar
              parts={[
                { label: "leaving", value: impact.leaving, tone: "grey" },
                { label: "entering", value: impact.entering, tone: "accent" },
              ]}
            />
            <span className={styles.strong}>{formatNumber(impact.entering, { signed: true })}</span>
          </div>
          <Causes impact={impact} />
          <Who samples={impact.samples} />
        </div>
      )}
    </Section>
  );
}

function Causes({ impact }: { readonly impact: Impact }) {
  const rows = causeRows(impact.byCause);
  return (
    <table className={styles.causes} aria-label="Causes">
      <thead>
        <tr>
          <th scope="col">Because of</th>
          <th scope="col">Leave</th>
          <th scope="col">Enter</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.cause}>
            <th scope="row">{row.text}</th>
            <td>{row.leaving === 0 ? "" : formatNumber(-row.leaving)}</td>
            <td>{row.entering === 0 ? "" : formatNumber(row.entering, { signed: true })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Who({ samples }: Pick<Impact, "samples">) {
  const [opened, setOpened] = useState(false);
  const mayLook = useCan("customer.read");
  const shown = samples.entering.length + samples.leaving.length;
  if (shown === 0)
    return mayLook ? null : <p className={styles.dim}>Who they are is told to people who may look customers up.</p>;
  return (
    <>
      <UnstyledButton className={styles.show} onClick={() => setOpened(true)}>
        Show {formatNumber(shown)} of them
      </UnstyledButton>
      <ImpactSamples samples={samples} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
