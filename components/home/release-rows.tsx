import { FindingIcon } from "@/components/ui/finding-list";
import { TimeAgo } from "@/components/ui/instant";
import { formatInstant } from "@/components/ui/instant-format";
import { formatNumber } from "@/components/ui/number-format";
import { StateGlyph } from "@/components/ui/state-glyph";
import type { OpenBreakGlass } from "@/lib/releases/break-glass-contract";
import type { Plan } from "@/lib/releases/plan-contract";
import type { Schedule } from "@/lib/releases/schedule-contract";
import styles from "./waiting.module.css";
import type { WaitingRow } from "./waiting-group";

type Served = {
  readonly segment: { readonly key: string; readonly name: string };
  readonly version: { readonly number: number };
  readonly environment: string;
};

function ofSegment({ segment, version, environment }: Served): Pick<WaitingRow, "name" | "about" | "href"> {
  return {
    name: segment.name,
    about: `v${version.number} in ${environment}`,
    href: `/segments/${encodeURIComponent(segment.key)}`,
  };
}

export function breakGlassRow(item: OpenBreakGlass): WaitingRow {
  return {
    ...ofSegment(item),
    key: item.releaseId,
    mark: <FindingIcon severity="blocking" />,
    text: `${item.by.name}: ${item.reason}`,
    age: <TimeAgo at={item.dueAt} />,
    action: "Look at it",
  };
}

export function heldRow(plan: Plan): WaitingRow {
  const share = formatNumber(plan.steps[plan.taken - 1]?.percent ?? null, { unit: "%" });
  return {
    ...ofSegment(plan),
    key: plan.id,
    mark: <StateGlyph state="attention" />,
    text: (
      <span className={styles.warning}>
        At {share}: {plan.heldBecause}
      </span>
    ),
    age: <TimeAgo at={plan.createdAt} bare />,
    action: "Look at it",
  };
}

export function scheduleRow(schedule: Schedule): WaitingRow {
  const { at, frozen, wouldRefuse } = schedule;
  const [against] = [...(frozen ? [frozen] : []), ...wouldRefuse];
  return {
    ...ofSegment(schedule),
    key: schedule.id,
    mark: <StateGlyph state={against ? "attention" : "scheduled"} />,
    text: against ? <span className={styles.warning}>{against}</span> : formatInstant(at),
    age: <TimeAgo at={at} />,
    action: "Open",
  };
}
