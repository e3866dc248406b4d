"use client";

import { Table } from "@mantine/core";
import { When } from "@/components/ui/instant";
import { TextLink } from "@/components/ui/link-button";
import { HashText } from "@/components/ui/mono";
import { type PlainColumn, PlainTable } from "@/components/ui/plain-table";
import { Section } from "@/components/ui/section";
import { StateLabel } from "@/components/ui/state-glyph";
import { glyphOfVersion, wordsOfVersion } from "@/components/ui/version-state";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import styles from "./segments.module.css";
import { versionHref } from "./version-href";

const shownFirst = 6;

const columns: readonly PlainColumn[] = [
  { title: "Version" },
  { title: "What changed" },
  { title: "By" },
  { title: "Content" },
  { title: "Changed", align: "right" },
];

/** The last versions, newest first. */
export function VersionTable({ overview }: { readonly overview: SegmentOverview }) {
  const { versions, segment } = overview;
  const shown = versions.slice(0, shownFirst);
  return (
    <Section
      title="Versions"
      count={versions.length}
      aside={<TextLink href={`/segments/${segment.key}/versions`}>All versions, compare</TextLink>}
    >
      <PlainTable columns={columns} minWidth={520}>
        {shown.map((version) => (
          <Table.Tr key={version.id}>
            <Table.Td>
              <TextLink href={versionHref(segment.key, version)} c="inherit">
                <StateLabel state={glyphOfVersion[version.state]}>
                  v{version.number} <span className={styles.dim}>{wordsOfVersion[version.state].toLowerCase()}</span>
                </StateLabel>
              </TextLink>
            </Table.Td>
            <Table.Td className={styles.note}>{version.note || <span className={styles.dim}>no note</span>}</Table.Td>
            <Table.Td className={styles.by}>{version.author.name}</Table.Td>
            <Table.Td>
              <HashText hash={version.contentHash} />
            </Table.Td>
            <Table.Td ta="right" className={styles.dim}>
              <When at={version.updatedAt} />
            </Table.Td>
          </Table.Tr>
        ))}
      </PlainTable>
    </Section>
  );
}
