"use client";

import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { ErrorLine, ErrorState } from "@/components/ui/error-state";
import { TimeAgo } from "@/components/ui/instant";
import { formatInstant } from "@/components/ui/instant-format";
import { LocalInstant } from "@/components/ui/local-instant";
import { formatNumber } from "@/components/ui/number-format";
import { WouldRefuse } from "@/components/ui/release-timing";
import { Section } from "@/components/ui/section";
import { StateLabel } from "@/components/ui/state-glyph";
import { cancelSchedule } from "@/lib/releases/mutations";
import { scheduleListQuery } from "@/lib/releases/queries";
import type { Schedule } from "@/lib/releases/schedule-contract";
import styles from "./segments.module.css";

/** Releases at an instant: those to come, and the last one that was refused. */
export function SchedulePanel({ segmentKey }: { readonly segmentKey: string }) {
  const { data, error, refetch } = useQuery(scheduleListQuery(segmentKey));
  if (error && !data)
    return <ErrorState error={error} title="Schedules could not be read" onRetry={() => void refetch()} />;
  const schedules = data?.items ?? [];
  const [last] = schedules.filter(({ state }) => state !== "pending");
  const shown = [...schedules.filter(({ state }) => state === "pending"), ...(last?.state === "refused" ? [last] : [])];
  if (shown.length === 0) return null;
  return (
    <Section title="Scheduled" variant="panel">
      <ul className={styles.list}>
        {shown.map((schedule) => (
          <Scheduled key={schedule.id} schedule={schedule} />
        ))}
      </ul>
    </Section>
  );
}

function Scheduled({ schedule }: { readonly schedule: Schedule }) {
  const { environment, version, rolloutPercent, at, state, outcome, createdBy, frozen, wouldRefuse } = schedule;
  const isPending = state === "pending";
  return (
    <li>
      <StateLabel state={isPending ? "scheduled" : "attention"}>
        v{version.number} to {environment}
        {rolloutPercent < 100 && ` for ${formatNumber(rolloutPercent, { unit: "%" })}`}
      </StateLabel>
      <p className={styles.aside}>
        {formatInstant(at)}
        <LocalInstant at={at} before=", " /> · <TimeAgo at={at} /> · by {createdBy.name}
      </p>
      {!isPending && <p className={styles.heldBecause}>It was refused: {outcome}</p>}
      {frozen && <p className={styles.heldBecause}>It falls into a freeze: {frozen}</p>}
      {wouldRefuse.length > 0 && (
        <p className={styles.heldBecause}>
          <WouldRefuse reasons={wouldRefuse} />
        </p>
      )}
      {isPending && <Cancel schedule={schedule} />}
    </li>
  );
}

function Cancel({ schedule }: { readonly schedule: Schedule }) {
  const mayRelease = useCan("version.release");
  const { mutate, isPending, error } = useMutation(cancelSchedule);
  if (!mayRelease) return null;
  return (
    <>
      <Button size="xs" loading={isPending} onClick={() => mutate({ id: schedule.id })}>
        Cancel it
      </Button>
      <ErrorLine error={error} />
    </>
  );
}
