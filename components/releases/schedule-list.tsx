"use client";

import { Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/components/ui/error-state";
import { formatInstant } from "@/components/ui/instant-format";
import { TextLink } from "@/components/ui/link-button";
import { LocalInstant } from "@/components/ui/local-instant";
import { formatNumber } from "@/components/ui/number-format";
import { type PlainColumn, PlainTable } from "@/components/ui/plain-table";
import { WouldRefuse } from "@/components/ui/release-timing";
import { Section } from "@/components/ui/section";
import { StateLabel } from "@/components/ui/state-glyph";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { scheduleListQuery } from "@/lib/releases/queries";
import type { Schedule } from "@/lib/releases/schedule-contract";
import styles from "./releases.module.css";

const columns: readonly PlainColumn[] = [
  { title: "Segment" },
  { title: "Environment" },
  { title: "At" },
  { title: "How it stands" },
  { title: "By" },
];

const looks = {
  pending: { glyph: "scheduled", word: "pending" },
  fired: { glyph: "passed", word: "released" },
  refused: { glyph: "attention", word: "refused" },
  cancelled: { glyph: "never", word: "cancelled" },
} as const satisfies Record<Schedule["state"], { glyph: string; word: string }>;

/** Releases at an instant: those to come, then the last that are settled. */
export function ScheduleList() {
  const { data, error, refetch } = useQuery(scheduleListQuery());
  const pending = data?.items.filter(({ state }) => state === "pending").length;
  return (
    <Section title="Scheduled" count={pending}>
      {error && !data ? (
        <ErrorState error={error} title="Schedules could not be read" onRetry={() => void refetch()} />
      ) : !data ? (
        <TableSkeleton rows={2} />
      ) : data.items.length === 0 ? (
        <p className={styles.dim}>Nothing is scheduled. A release may be given an instant at which it is made.</p>
      ) : (
        <PlainTable columns={columns} minWidth={640}>
          {data.items.map((schedule) => (
            <Row key={schedule.id} schedule={schedule} />
          ))}
        </PlainTable>
      )}
    </Section>
  );
}

function Row({ schedule }: { readonly schedule: Schedule }) {
  const { segment, version, environment, rolloutPercent, at, state, outcome, createdBy, frozen, wouldRefuse } =
    schedule;
  return (
    <Table.Tr>
      <Table.Td>
        <TextLink href={`/segments/${segment.key}`}>{segment.name}</TextLink>{" "}
        <span className={styles.dim}>
          v{version.number}
          {rolloutPercent < 100 && `, ${formatNumber(rolloutPercent, { unit: "%" })}`}
        </span>
      </Table.Td>
      <Table.Td>{environment}</Table.Td>
      <Table.Td>
        {formatInstant(at)}{" "}
        <span className={styles.dim}>
          <LocalInstant at={at} before="(" after=")" />
        </span>
      </Table.Td>
      <Table.Td className={styles.note}>
        <StateLabel state={looks[state].glyph}>{looks[state].word}</StateLabel>{" "}
        <span className={styles.warning}>
          {state === "refused" && outcome}
          {frozen && `It falls into a freeze: ${frozen} `}
          <WouldRefuse reasons={wouldRefuse} />
        </span>
      </Table.Td>
      <Table.Td>{createdBy.name}</Table.Td>
    </Table.Tr>
  );
}
