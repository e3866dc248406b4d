import { Table } from "@mantine/core";
import { When } from "@/components/ui/instant";
import { TextLink } from "@/components/ui/link-button";
import { Mono } from "@/components/ui/mono";
import { Num } from "@/components/ui/num";
import { formatNumber } from "@/components/ui/number-format";
import { type PlainColumn, PlainTable } from "@/components/ui/plain-table";
import { wordsOfRelease } from "@/components/ui/release-words";
import { Section } from "@/components/ui/section";
import type { BreakGlassReview } from "@/lib/releases/break-glass-contract";
import { comparisonPath, revisionRef } from "@/lib/releases/compared-ref";
import type { Release } from "@/lib/releases/contract";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import { EvidencePackLink } from "./evidence-pack-link";
import { NestedChangeRow } from "./nested-change-row";
import styles from "./segments.module.css";

const shownAtMost = 20;

const columns: readonly PlainColumn[] = [
  { title: "Environment" },
  { title: "What" },
  { title: "Revision" },
  { title: "Members", align: "right" },
  { title: "By" },
  { title: "When", align: "right" },
];

/** What was done where, newest first, and what happened meanwhile to what the segment stands on. */
export function ReleaseTable({ overview }: { readonly overview: SegmentOverview }) {
  const { releases, nested, standings } = overview;
  const production = standings.at(-1)?.environment ?? "production";
  const rows = [
    ...releases.map((release) => ({
      at: release.createdAt,
      row: <ReleaseRow key={release.id} release={release} before={before(releases, release)} production={production} />,
    })),
    ...nested.map((change) => ({
      at: change.at,
      row: <NestedChangeRow key={`${change.kind} ${change.key} ${change.at} ${change.standsOn}`} change={change} />,
    })),
  ].sort((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <Section title="Releases" count={releases.length}>
      {rows.length === 0 ? (
        <p className={styles.dim}>None yet. A version is released once it is approved; staging takes it earlier.</p>
      ) : (
        <PlainTable columns={columns} minWidth={520}>
          {rows.slice(0, shownAtMost).map(({ row }) => row)}
        </PlainTable>
      )}
    </Section>
  );
}

/** What the environment served of the segment before. */
function before(releases: readonly Release[], { environment, revision }: Release): Release | undefined {
  return releases.find((each) => each.environment === environment && each.revision < revision);
}

type ReleaseRowProps = {
  readonly release: Release;
  readonly before: Release | undefined;
  readonly production: string;
};

function ReleaseRow({ release, before, production }: ReleaseRowProps) {
  const { environment, kind, version, rolloutPercent, reason, revision, members, actor, createdAt } = release;
  const { breakGlass, segmentKey } = release;
  const refOf = (each: Release) => revisionRef(each.environment, each.revision, production);
  return (
    <Table.Tr>
      <Table.Td>{environment}</Table.Td>
      <Table.Td className={styles.note}>
        {wordsOfRelease[kind]} v{version.number}
        {kind === "release" && rolloutPercent < 100 && `, ${formatNumber(rolloutPercent, { unit: "%" })}`}
        {reason && <span className={styles.dim}> · {reason}</span>}
        {breakGlass && <BreakGlassMark review={breakGlass} />}
      </Table.Td>
      <Table.Td className={styles.by}>
        {before ? (
          <TextLink
            href={comparisonPath(segmentKey, refOf(before), refOf(release))}
            title={`Compare with r${before.revision}, served before`}
          >
            <Mono>r{revision}</Mono>
          </TextLink>
        ) : (
          <Mono dim>r{revision}</Mono>
        )}
        <EvidencePackLink release={release} />
      </Table.Td>
      <Table.Td ta="right">
        <Num value={members} />
      </Table.Td>
      <Table.Td className={styles.by}>{actor.name}</Table.Td>
      <Table.Td ta="right" className={styles.dim}>
        <When at={createdAt} />
      </Table.Td>
    </Table.Tr>
  );
}

/** For ever: what was released without its approvals, and what somebody else thought of it. */
function BreakGlassMark({ review }: { readonly review: BreakGlassReview }) {
  const { closedAt, closedBy, outcome, comment } = review;
  if (closedAt === null) return <span className={styles.bad}> · nobody has looked at it yet</span>;
  return (
    <span className={outcome === "justified" ? styles.dim : styles.bad}>
      {" "}
      · {outcome === "justified" ? "justified" : "not justified"}, {closedBy?.name}: {comment}
    </span>
  );
}
