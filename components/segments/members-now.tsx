"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { BarList } from "@/components/charts/bar-list";
import { StepFunnel } from "@/components/charts/step-funnel";
import type { Names } from "@/components/layout/use-names";
import { ErrorLine } from "@/components/ui/error-state";
import { Num } from "@/components/ui/num";
import { formatNumber } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import { StateGlyph } from "@/components/ui/state-glyph";
import { purposeListQuery, regionListQuery } from "@/lib/catalogue/queries";
import { useCatalogue } from "@/lib/catalogue/use-catalogue";
import { obstaclesToCounting } from "@/lib/previews/obstacles";
import { previewQuery } from "@/lib/previews/queries";
import { funnelRows, guardNames } from "@/lib/previews/steps";
import type { Standing } from "@/lib/releases/overview-contract";
import { checkDocument } from "@/lib/segments/check-document";
import type { NamedReference } from "@/lib/segments/contract";
import type { SegmentDocument } from "@/lib/segments/document";
import { referenceNames } from "@/lib/segments/reference-names";
import styles from "./segments.module.css";

type MembersNowProps = {
  readonly document: SegmentDocument;
  /** What its rule refers to. */
  readonly references: readonly NamedReference[];
  readonly names: Names;
  readonly production: Standing | undefined;
};

/** Whom the shown rule takes now, and what its guards cost. */
export function MembersNow({ document, references, names, production }: MembersNowProps) {
  const { catalogue } = useCatalogue();
  const obstacles = useMemo(
    () => catalogue && obstaclesToCounting(checkDocument(document, { ...catalogue, ...referenceNames(references) })),
    [document, catalogue, references],
  );
  const { data, error, isFetching } = useQuery({ ...previewQuery(document), enabled: obstacles?.length === 0 });
  const purposes = useQuery(purposeListQuery()).data;
  const regions = useQuery(regionListQuery()).data;
  const preview = data?.preview;
  if (!preview)
    return (
      <Section title="Members now" variant="panel">
        {error ? (
          <ErrorLine error={error} />
        ) : obstacles?.[0] ? (
          <p className={styles.dim}>The rule cannot be counted: {obstacles[0].message}</p>
        ) : (
          <Skeleton height={96} />
        )}
      </Section>
    );
  const lines = funnelRows(
    document.definition.rule,
    preview,
    guardNames(document, purposes?.items ?? [], regions?.items ?? []),
  );
  const isOutdated = preview.findings.some(({ code }) => code === "reference-outdated");
  const passed = preview.tests.filter((test) => test.passes).length;
  return (
    <>
      <Section title="Members now" variant="panel" aside={<Num value={preview.members} />}>
        {production?.standing === "canary" && (
          <p className={styles.aside}>
            Counted without the rollout: production serves {formatNumber(production.rolloutPercent, { unit: "%" })} of
            them.
          </p>
        )}
        {preview.impact && isOutdated && (
          <p className={styles.aside}>
            Counted with what it refers to as that is now: until it is released again, production takes{" "}
            {formatNumber(preview.impact.live.members)}.
          </p>
        )}
        <StepFunnel label="Funnel" lines={lines} stale={isFetching} />
      </Section>
      <Section title="Regions" variant="panel">
        <BarList
          items={preview.byRegion.map(({ region, members }) => ({
            key: region,
            name: names.regions.get(region) ?? region,
            value: members,
          }))}
        />
      </Section>
      <Section
        title="Tests"
        variant="panel"
        count={preview.tests.length === 0 ? "none" : `${passed} of ${preview.tests.length} pass`}
      >
        <ul className={styles.list}>
          {preview.tests.map((test) => (
            <li key={test.name} className={styles.test}>
              <StateGlyph state={test.passes ? "passed" : "failed"} size={13} />
              <span>{test.name}</span>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
