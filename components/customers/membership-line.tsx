import { Button, Group } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { Instant } from "@/components/ui/instant";
import { Section } from "@/components/ui/section";
import { UtcPicker } from "@/components/ui/utc-picker";
import type { CustomerLookup } from "@/lib/customers/contract";
import { membershipSpans, nearestMoves, type SpannedSegment } from "@/lib/customers/membership-spans";
import styles from "./membership-line.module.css";

type MembershipLineProps = {
  readonly lookup: CustomerLookup;
  /** Null for now. */
  readonly asOf: string | null;
  readonly onAsOf: (asOf: string | null) => void;
};

const leastMs = 86_400_000;

/** When the customer was in which segment, and the instant that is looked at. */
export function MembershipLine({ lookup, asOf, onAsOf }: MembershipLineProps) {
  const instant = Date.parse(lookup.asOf);
  const { before, after } = nearestMoves(lookup.history, instant);
  const instants = lookup.history.flatMap(({ at }) => (at === null ? [] : [Date.parse(at)]));
  const end = Math.max(instant, ...instants);
  const begin = Math.min(end - leastMs, instant, ...instants);
  const go = (to: number | null) => to !== null && onAsOf(new Date(to).toISOString());
  return (
    <div className={styles.line}>
      <Section
        title="Membership"
        aside={
          <Group gap="xs">
            <Button size="compact-sm" disabled={before === null} onClick={() => go(before)}>
              <IconChevronLeft size={14} stroke={1.6} aria-hidden /> Change before
            </Button>
            <UtcPicker
              size="xs"
              aria-label="As of"
              value={lookup.asOf}
              onChange={(picked) => onAsOf(picked ?? null)}
              maxDate={new Date()}
            />
            <Button size="compact-sm" disabled={after === null} onClick={() => go(after)}>
              Change after <IconChevronRight size={14} stroke={1.6} aria-hidden />
            </Button>
            <Button size="compact-sm" disabled={asOf === null} onClick={() => onAsOf(null)}>
              Now
            </Button>
          </Group>
        }
      >
        {lookup.history.length === 0 && <p className={styles.none}>No entry and no exit is known.</p>}
        {membershipSpans(lookup.history).map((segment) => (
          <SpanRow key={segment.segment} segment={segment} begin={begin} end={end} instant={instant} />
        ))}
        <ol className={styles.moves}>
          {lookup.history.slice(0, shownMoves).map((move) => (
            <li key={`${move.revision} ${move.segment}`}>
              <span>{move.at === null ? "earlier" : <Instant at={move.at} format="full" />}</span>
              <span>
                {move.change} <b>{move.name}</b> because {move.because}
              </span>
            </li>
          ))}
        </ol>
      </Section>
    </div>
  );
}

const shownMoves = 5;

type SpanRowProps = {
  readonly segment: SpannedSegment;
  readonly begin: number;
  readonly end: number;
  readonly instant: number;
};

function SpanRow({ segment, begin, end, instant }: SpanRowProps) {
  const placeOf = (at: number) => `${((at - begin) / (end - begin)) * 100}%`;
  return (
    <div className={styles.row}>
      <span className={styles.name}>{segment.name}</span>
      <span className={styles.track} aria-hidden>
        {segment.spans.map(({ from, to }) => (
          <span
            key={`${from} ${to}`}
            className={styles.span}
            data-now={(from ?? begin) <= instant && (to === null || to > instant)}
            style={{ left: placeOf(from ?? begin), right: `calc(100% - ${placeOf(to ?? end)})` }}
          />
        ))}
        <span className={styles.instant} style={{ left: placeOf(instant) }} />
      </span>
    </div>
  );
}
