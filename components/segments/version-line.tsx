"use client";

import { Checkbox, Table } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { Instant, When } from "@/components/ui/instant";
import { LinkButton, TextLink } from "@/components/ui/link-button";
import { HashText, Mono } from "@/components/ui/mono";
import { type PlainColumn, PlainTable } from "@/components/ui/plain-table";
import { wordsOfRelease } from "@/components/ui/release-words";
import { Section } from "@/components/ui/section";
import { StateGlyph, StateLabel } from "@/components/ui/state-glyph";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { glyphOfVersion, wordsOfVersion } from "@/components/ui/version-state";
import { comparisonPath } from "@/lib/releases/compared-ref";
import type { VersionLineItem } from "@/lib/releases/history-contract";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import { versionLineQuery } from "@/lib/releases/queries";
import { ReopenButton } from "./reopen-button";
import styles from "./segments.module.css";
import { versionHref } from "./version-href";

const columns: readonly PlainColumn[] = [
  { title: "Compare" },
  { title: "Version" },
  { title: "What changed" },
  { title: "By" },
  { title: "Approved by" },
  { title: "Served" },
  { title: "Content" },
  { title: "Changed", align: "right" },
  { title: "" },
];

/** Every version with who wrote and approved it and where it was served; any two of them can be compared. */
export function VersionLine({ overview }: { readonly overview: SegmentOverview }) {
  const { key } = overview.segment;
  const { data, error, refetch } = useQuery(versionLineQuery(key));
  const [chosen, setChosen] = useState<readonly number[]>([]);
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <TableSkeleton rows={8} />;
  const [from, to] = [...chosen].sort((a, b) => a - b);
  /** A third choice takes the place of the first. */
  const toggle = (number: number) =>
    setChosen((before) =>
      before.includes(number) ? before.filter((each) => each !== number) : [...before, number].slice(-2),
    );
  return (
    <Section
      title="Versions"
      count={data.items.length}
      aside={
        from !== undefined && to !== undefined ? (
          <LinkButton size="xs" variant="filled" href={comparisonPath(key, `v${from}`, `v${to}`)}>
            Compare v{from} with v{to}
          </LinkButton>
        ) : (
          "Choose two to compare"
        )
      }
    >
      <PlainTable columns={columns} minWidth={980}>
        {data.items.map((version) => (
          <Row
            key={version.id}
            segmentKey={key}
            version={version}
            chosen={chosen.includes(version.number)}
            onToggle={() => toggle(version.number)}
            canReopen={overview.draft === undefined}
          />
        ))}
      </PlainTable>
    </Section>
  );
}

type RowProps = {
  readonly segmentKey: string;
  readonly version: VersionLineItem;
  readonly chosen: boolean;
  readonly onToggle: () => void;
  /** Nothing is open: a segment has one open version at most. */
  readonly canReopen: boolean;
};

function Row({ segmentKey, version, chosen, onToggle, canReopen }: RowProps) {
  const { number, state, note, author, contributors, approvals, releases, base } = version;
  // A tick that comes before the page listens would stand there and choose nothing.
  const listens = useMounted();
  const others = contributors.filter(({ id }) => id !== author.id).map(({ name }) => name);
  return (
    <Table.Tr>
      <Table.Td>
        <Checkbox
          size="xs"
          aria-label={`Compare v${number}`}
          disabled={!listens}
          checked={chosen}
          onChange={onToggle}
        />
      </Table.Td>
      <Table.Td>
        <TextLink href={versionHref(segmentKey, version)} c="inherit">
          <StateLabel state={glyphOfVersion[state]}>
            v{number} <span className={styles.dim}>{wordsOfVersion[state].toLowerCase()}</span>
          </StateLabel>
        </TextLink>
      </Table.Td>
      <Table.Td className={styles.note}>
        {note || <span className={styles.dim}>no note</span>}
        {base && <span className={styles.dim}> · from v{base.number}</span>}
      </Table.Td>
      <Table.Td>
        {author.name}
        {others.length > 0 && <span className={styles.dim}> with {others.join(", ")}</span>}
      </Table.Td>
      <Table.Td>
        {approvals.map(({ person }) => person.name).join(", ") || <span className={styles.dim}>—</span>}
      </Table.Td>
      <Table.Td>
        <Served releases={releases} />
      </Table.Td>
      <Table.Td>
        <HashText hash={version.contentHash} />
      </Table.Td>
      <Table.Td ta="right" className={styles.dim}>
        <When at={version.updatedAt} />
      </Table.Td>
      <Table.Td>
        {canReopen && (state === "withdrawn" || state === "rejected") && (
          <ReopenButton segmentKey={segmentKey} number={number} />
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Served({ releases }: Pick<VersionLineItem, "releases">) {
  if (releases.length === 0) return <span className={styles.dim}>never</span>;
  return (
    <span className={styles.served}>
      {releases.map(({ id, environment, revision, kind, createdAt, endedAt }) => (
        <span key={id} className={endedAt === null ? undefined : styles.dim}>
          {kind === "break_glass" && <StateGlyph state="attention" label="break-glass" />} {environment}{" "}
          <Mono dim>r{revision}</Mono>
          {kind !== "release" && ` ${wordsOfRelease[kind]}`}, <Instant at={createdAt} />
        </span>
      ))}
    </span>
  );
}
