import { Table } from "@mantine/core";
import { When } from "@/components/ui/instant";
import { Mono } from "@/components/ui/mono";
import { Num } from "@/components/ui/num";
import { formatNumber } from "@/components/ui/number-format";
import { type PlainColumn, PlainTable } from "@/components/ui/plain-table";
import { Section } from "@/components/ui/section";
import type { Release, releaseKinds } from "@/lib/releases/contract";
import styles from "./segments.module.css";

const words = {
  release: "released",
  rollback: "rolled back to",
  kill: "emptied",
  break_glass: "released without approvals",
} as const satisfies Record<(typeof releaseKinds)[number], string>;
const shownAtMost = 20;

const columns: readonly PlainColumn[] = [
  { title: "Environment" },
  { title: "What" },
  { title: "Revision" },
  { title: "Members", align: "right" },
  { title: "By" },
  { title: "When", align: "right" },
];

/** What was done where, newest first. */
export function ReleaseTable({ releases }: { readonly releases: readonly Release[] }) {
  return (
    <Section title="Releases" count={releases.length}>
      {releases.length === 0 ? (
        <p className={styles.dim}>None yet. A version is released once it is approved; staging takes it earlier.</p>
      ) : (
        <PlainTable columns={columns} minWidth={520}>
          {releases.slice(0, shownAtMost).map((release) => (
            <Table.Tr key={release.id}>
              <Table.Td>{release.environment}</Table.Td>
              <Table.Td className={styles.note}>
                {words[release.kind]} v{release.version.number}
                {release.kind === "release" &&
                  release.rolloutPercent < 100 &&
                  `, ${formatNumber(release.rolloutPercent, { unit: "%" })}`}
                {release.reason && <span className={styles.dim}> · {release.reason}</span>}
              </Table.Td>
              <Table.Td>
                <Mono dim>r{release.revision}</Mono>
              </Table.Td>
              <Table.Td ta="right">
                <Num value={release.members} />
              </Table.Td>
              <Table.Td className={styles.by}>{release.actor.name}</Table.Td>
              <Table.Td ta="right" className={styles.dim}>
                <When at={release.createdAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </PlainTable>
      )}
    </Section>
  );
}
