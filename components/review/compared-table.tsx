"use client";

import { Button, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Instant } from "@/components/ui/instant";
import { HashText, Mono } from "@/components/ui/mono";
import { Num } from "@/components/ui/num";
import { formatNumber } from "@/components/ui/number-format";
import { wordsOfRelease } from "@/components/ui/release-words";
import { Section } from "@/components/ui/section";
import { StateLabel } from "@/components/ui/state-glyph";
import { glyphOfVersion, wordsOfVersion } from "@/components/ui/version-state";
import { previewQuery } from "@/lib/previews/queries";
import type { ComparedSide } from "@/lib/releases/history-contract";
import type { SegmentDocument } from "@/lib/segments/document";
import styles from "./review.module.css";

type ComparedSidesProps = {
  readonly from: ComparedSide;
  readonly to: ComparedSide;
  readonly titles: { readonly before: string; readonly after: string };
};

type Row = { readonly label: string; readonly of: (side: ComparedSide) => ReactNode };

const rows: readonly Row[] = [
  {
    label: "State",
    of: ({ version: { state } }) => <StateLabel state={glyphOfVersion[state]}>{wordsOfVersion[state]}</StateLabel>,
  },
  { label: "Written by", of: ({ version }) => version.author.name },
  {
    label: "With",
    of: ({ version: { contributors, author } }) =>
      namesOf(contributors.filter(({ id }) => id !== author.id).map((person) => ({ person }))),
  },
  { label: "Why", of: ({ version }) => version.note || "—" },
  { label: "Approved by", of: ({ version }) => namesOf(version.approvals) },
  { label: "Content", of: ({ version }) => <HashText hash={version.contentHash} /> },
  { label: "Served", of: ({ release }) => (release ? <Served release={release} /> : "never in production") },
  { label: "Members then", of: ({ release }) => <Num value={release?.members} /> },
];

/** Who wrote and approved each, where it was served, and how many it took then and takes now. */
export function ComparedSides({ from, to, titles }: ComparedSidesProps) {
  const [counted, setCounted] = useState(false);
  return (
    <Section
      title="Both sides"
      variant="framed"
      flush
      aside={
        !counted && (
          <Button size="compact-xs" onClick={() => setCounted(true)}>
            Count both now
          </Button>
        )
      }
    >
      <Table horizontalSpacing={14}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th />
            <Table.Th>{titles.before}</Table.Th>
            <Table.Th>{titles.after}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ label, of }) => (
            <Table.Tr key={label}>
              <Table.Th scope="row" className={styles.label}>
                {label}
              </Table.Th>
              <Table.Td>{of(from)}</Table.Td>
              <Table.Td>{of(to)}</Table.Td>
            </Table.Tr>
          ))}
          {counted && (
            <Table.Tr>
              <Table.Th scope="row" className={styles.label}>
                Members now
              </Table.Th>
              <Table.Td>
                <MembersNow document={from.document} />
              </Table.Td>
              <Table.Td>
                <MembersNow document={to.document} />
              </Table.Td>
            </Table.Tr>
          )}
        </Table.Tbody>
      </Table>
    </Section>
  );
}

function namesOf(people: readonly { readonly person: { readonly name: string } }[]): string {
  return people.map(({ person }) => person.name).join(", ") || "—";
}

function Served({ release }: { readonly release: NonNullable<ComparedSide["release"]> }) {
  const { kind, environment, revision, rolloutPercent, createdAt, actor, version } = release;
  return (
    <>
      {environment} <Mono dim>r{revision}</Mono>, {wordsOfRelease[kind]} v{version.number}
      {rolloutPercent < 100 && ` for ${formatNumber(rolloutPercent, { unit: "%" })}`}, <Instant at={createdAt} /> by{" "}
      {actor.name}
    </>
  );
}

/** Of everybody whom its rule takes now, whatever share it was served to. */
function MembersNow({ document }: { readonly document: SegmentDocument }) {
  const { data, error } = useQuery(previewQuery(document));
  if (error || data?.current === false) return <>cannot be counted now</>;
  return data ? <Num value={data.preview?.members} /> : <>counting…</>;
}
