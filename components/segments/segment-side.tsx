"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { BarList } from "@/components/charts/bar-list";
import { StepFunnel } from "@/components/charts/step-funnel";
import { ErrorLine } from "@/components/ui/error-state";
import { Facts } from "@/components/ui/facts";
import { TimeAgo } from "@/components/ui/instant";
import { formatDay } from "@/components/ui/instant-format";
import { Mono } from "@/components/ui/mono";
import { Num } from "@/components/ui/num";
import { formatCount, formatNumber } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import { StateGlyph } from "@/components/ui/state-glyph";
import { TagList } from "@/components/ui/tag";
import { purposeListQuery, regionListQuery } from "@/lib/catalogue/queries";
import { previewQuery } from "@/lib/previews/queries";
import { funnelRows, guardNames } from "@/lib/previews/steps";
import type { SegmentOverview, Standing } from "@/lib/releases/overview-contract";
import type { SegmentDocument } from "@/lib/segments/document";
import type { Names } from "./segment-columns";
import styles from "./segments.module.css";
import { StandingLabel } from "./standing-label";
import { useNames } from "./use-names";

/** Where it stands, whom it has now, what it does and who answers for it. */
export function SegmentSide({ overview }: { readonly overview: SegmentOverview }) {
  const names = useNames();
  return (
    <>
      <Environments overview={overview} />
      <Now document={overview.shown.document} names={names} production={overview.standings.find(isProduction)} />
      <Does overview={overview} names={names} />
      <Consumers overview={overview} />
    </>
  );
}

function Environments({ overview }: { readonly overview: SegmentOverview }) {
  const { standings, live, segment } = overview;
  return (
    <Section title="Environments" variant="panel">
      <ul className={styles.list}>
        {[...standings].reverse().map((standing) => (
          <li key={standing.environment} className={styles.environment}>
            <span>{standing.environment}</span>
            <StandingLabel standing={standing} deprecated={segment.state === "deprecated"} />
            <span className={styles.right}>
              <Num value={live[standing.environment]?.members} />
            </span>
            {standing.since && (
              <span className={styles.since}>
                since {formatDay(standing.since)} · <Mono dim>r{standing.revision}</Mono> · by{" "}
                {live[standing.environment]?.actor.name}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function isProduction(standing: Standing): boolean {
  return standing.environment === "production";
}

type NowProps = {
  readonly document: SegmentDocument;
  readonly names: Names;
  readonly production: Standing | undefined;
};

function Now({ document, names, production }: NowProps) {
  const { data, error, isFetching } = useQuery(previewQuery(document));
  const purposes = useQuery(purposeListQuery()).data;
  const regions = useQuery(regionListQuery()).data;
  const preview = data?.preview;
  if (!preview)
    return (
      <Section title="Members now" variant="panel">
        {error ? (
          <ErrorLine error={error} />
        ) : data ? (
          <p className={styles.dim}>The rule cannot be counted: {data.findings[0]?.message}</p>
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
      <Section title="Tests" variant="panel" count={`${passed} of ${preview.tests.length} pass`}>
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

function Does({ overview, names }: { readonly overview: SegmentOverview; readonly names: Names }) {
  const { shown, segment } = overview;
  const { treatments, precedence, exclusiveGroup, lifecycle, owner, purposes, tags, criticality } = shown.document;
  const does = Object.entries(treatments);
  const facts = [
    {
      key: "treatments",
      label: "Treatments",
      value:
        does.length === 0
          ? "none"
          : does.map(([key, value]) => (
              <div key={key}>
                <Mono>
                  {key} = {String(value)}
                </Mono>
              </div>
            )),
    },
    {
      key: "precedence",
      label: "Precedence",
      value: exclusiveGroup ? `${precedence} in ${exclusiveGroup}` : String(precedence),
    },
    {
      key: "purposes",
      label: "Purposes",
      value:
        purposes.length === 0 ? (
          "none set"
        ) : (
          <TagList tags={purposes.map((key) => names.purposes.get(key) ?? key)} max={4} />
        ),
    },
    {
      key: "owner",
      label: "Owner",
      value: owner
        ? `${names.teams.get(owner.team) ?? owner.team}, ${names.people.get(owner.person) ?? owner.person}`
        : "nobody",
    },
    { key: "criticality", label: "Criticality", value: criticality },
    {
      key: "review",
      label: "Review due",
      value: segment.reviewDueAt
        ? formatDay(segment.reviewDueAt)
        : `every ${formatCount(lifecycle.reviewEveryDays, "day")} once live`,
    },
    ...(lifecycle.expiresAt ? [{ key: "expires", label: "Expires", value: formatDay(lifecycle.expiresAt) }] : []),
    ...(tags.length > 0 ? [{ key: "tags", label: "Tags", value: <TagList tags={tags} max={8} /> }] : []),
  ];
  return (
    <Section title="What it does" variant="panel">
      <Facts facts={facts} labelWidth={96} />
    </Section>
  );
}

function Consumers({ overview }: { readonly overview: SegmentOverview }) {
  const { consumers } = overview;
  return (
    <Section title="Consumers" variant="panel" count={consumers.length}>
      {consumers.length === 0 && <p className={styles.dim}>No key reads it: none meets its regions and purposes.</p>}
      <ul className={styles.list}>
        {consumers.map((consumer) => (
          <li key={`${consumer.key} ${consumer.environment}`} className={styles.environment}>
            <span>{consumer.name}</span>
            <span className={styles.dim}>{consumer.environment}</span>
            <span className={styles.right}>
              <TimeAgo at={consumer.lastPulledAt} none="never pulled" />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
