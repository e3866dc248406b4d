"use client";

import { Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/components/ui/error-state";
import { TimeAgo } from "@/components/ui/instant";
import { TextLink } from "@/components/ui/link-button";
import { formatNumber } from "@/components/ui/number-format";
import { type PlainColumn, PlainTable } from "@/components/ui/plain-table";
import { Section } from "@/components/ui/section";
import { StateLabel } from "@/components/ui/state-glyph";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import type { Plan } from "@/lib/releases/plan-contract";
import { planListQuery } from "@/lib/releases/queries";
import styles from "./releases.module.css";

const columns: readonly PlainColumn[] = [
  { title: "Segment" },
  { title: "Environment" },
  { title: "Stands at" },
  { title: "Next" },
  { title: "Begun by" },
];

/** Rollouts in steps that go on, or wait for somebody. */
export function RolloutList() {
  const { data, error, refetch } = useQuery(planListQuery());
  const plans = data?.items.filter(({ state }) => state === "running" || state === "held");
  return (
    <Section title="Rollouts in steps" count={plans?.length}>
      {error && !plans ? (
        <ErrorState error={error} title="Rollouts could not be read" onRetry={() => void refetch()} />
      ) : !plans ? (
        <TableSkeleton rows={2} />
      ) : plans.length === 0 ? (
        <p className={styles.dim}>None goes on. Release a version in steps to begin one.</p>
      ) : (
        <PlainTable columns={columns} minWidth={640}>
          {plans.map((plan) => (
            <Row key={plan.id} plan={plan} />
          ))}
        </PlainTable>
      )}
    </Section>
  );
}

function Row({ plan }: { readonly plan: Plan }) {
  const { segment, version, environment, steps, taken, state, heldBecause, nextAt, createdBy } = plan;
  const percent = steps[taken - 1]?.percent ?? 0;
  const next = steps[taken]?.percent ?? null;
  return (
    <Table.Tr>
      <Table.Td>
        <TextLink href={`/segments/${segment.key}`}>{segment.name}</TextLink>{" "}
        <span className={styles.dim}>v{version.number}</span>
      </Table.Td>
      <Table.Td>{environment}</Table.Td>
      <Table.Td>
        <StateLabel state={state === "held" ? "attention" : "canary"} share={percent / 100}>
          {formatNumber(percent, { unit: "%" })}, step {taken} of {steps.length}
        </StateLabel>
      </Table.Td>
      <Table.Td className={styles.note}>
        {state === "held" ? (
          <span className={styles.warning}>Held: {heldBecause}</span>
        ) : (
          <>
            {formatNumber(next, { unit: "%" })}, <TimeAgo at={nextAt} none="now" />
          </>
        )}
      </Table.Td>
      <Table.Td>{createdBy.name}</Table.Td>
    </Table.Tr>
  );
}
