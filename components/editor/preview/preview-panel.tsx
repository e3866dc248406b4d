"use client";

import { Skeleton, Stack } from "@mantine/core";
import { useMemo } from "react";
import { BarList } from "@/components/charts/bar-list";
import { StepFunnel } from "@/components/charts/step-funnel";
import { Section } from "@/components/ui/section";
import type { Preview } from "@/lib/previews/contract";
import { funnelRows, guardNames } from "@/lib/previews/steps";
import { useEditing } from "../editor-context";
import type { LivePreview } from "../use-preview";
import { AttributeSection } from "./attribute-section";
import { FindingsSection } from "./findings-section";
import { GuardSection } from "./guard-section";
import { ImpactSection } from "./impact-section";
import { MembersSection } from "./members-section";
import { OverlapSection } from "./overlap-section";
import styles from "./preview.module.css";
import { TestsSection } from "./tests-section";

type SplitBy = { readonly by: string | undefined; readonly onBy: (attribute: string | null) => void };
type PreviewPanelProps = SplitBy & { readonly live: LivePreview; readonly onShow: (path: string) => void };

/** Reads downwards: how many, how it got there, what changes, who they are, what is wrong. */
export function PreviewPanel({ live, by, onBy, onShow }: PreviewPanelProps) {
  const { preview, stale } = live;
  return (
    <div className={styles.panel}>
      <MembersSection live={live} />
      {preview ? (
        <Counts preview={preview} stale={stale} by={by} onBy={onBy} />
      ) : (
        !live.error && !live.uncountable && <CountsToCome />
      )}
      <FindingsSection findings={live.findings} known={preview !== null || live.uncountable} onShow={onShow} />
      <TestsSection />
    </div>
  );
}

function Counts({ preview, stale, by, onBy }: SplitBy & { readonly preview: Preview; readonly stale: boolean }) {
  const { document, choices } = useEditing();
  const lines = useMemo(
    () => funnelRows(document.definition.rule, preview, guardNames(document, choices.purposes, choices.regions)),
    [document, choices, preview],
  );
  return (
    <>
      <div className={styles.section}>
        <StepFunnel label="Funnel" lines={lines} stale={stale} />
        <p className={styles.key}>Bar: share of the step before that stays. Blue: guards.</p>
      </div>
      <GuardSection preview={preview} stale={stale} />
      <ImpactSection preview={preview} stale={stale} />
      <Section title="Regions" variant="panel">
        {preview.byRegion.length === 0 && <p className={styles.dim}>No members, so no regions.</p>}
        <BarList
          stale={stale}
          items={preview.byRegion.map(({ region, members }) => ({
            key: region,
            name: regionNameIn(choices.regions)(region),
            value: members,
          }))}
        />
      </Section>
      <AttributeSection split={preview.byAttribute} stale={stale} by={by} onBy={onBy} />
      <OverlapSection preview={preview} stale={stale} />
    </>
  );
}

function regionNameIn(regions: readonly { key: string; name: string }[]): (key: string) => string {
  return (key) => regions.find((region) => region.key === key)?.name ?? key;
}

function CountsToCome() {
  return (
    <Stack className={styles.section} gap="md" role="status" aria-label="Counting">
      {[92, 74, 83, 61, 70].map((width) => (
        <Skeleton key={width} height={10} width={`${width}%`} />
      ))}
    </Stack>
  );
}
