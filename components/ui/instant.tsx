"use client";

import { Tooltip } from "@mantine/core";
import {
  formatAgo,
  formatDay,
  formatDuration,
  formatInstant,
  formatShortDay,
  formatTime,
  formatWhen,
  type InstantLike,
  instantMs,
} from "./instant-format";
import styles from "./text.module.css";
import { useNow } from "./use-now";

type InstantProps = {
  readonly at: InstantLike | null | undefined;
  /** Shown where there is no instant. */
  readonly none?: string;
};

const formats = { day: formatDay, "short-day": formatShortDay, time: formatTime, full: formatInstant };

/** An absolute instant; the full one with its zone in the tooltip. */
export function Instant({ at, none = "—", format = "day" }: InstantProps & { readonly format?: keyof typeof formats }) {
  if (at === null || at === undefined) return <>{none}</>;
  return <Timestamp at={at} text={formats[format](at)} />;
}

/** How long ago (or until), counting on while the page is open; `bare` under a title that says "waiting" or "edited". */
export function TimeAgo({ at, none = "never", bare }: InstantProps & { readonly bare?: boolean }) {
  const now = useNow();
  if (at === null || at === undefined) return <>{none}</>;
  return <Timestamp at={at} text={bare ? formatDuration(now - instantMs(at)) : formatAgo(at, now)} />;
}

/** The time for today, the weekday for this week, else the day: for lists of what happened. */
export function When({ at, none = "—" }: InstantProps) {
  const now = useNow();
  if (at === null || at === undefined) return <>{none}</>;
  return <Timestamp at={at} text={formatWhen(at, now)} />;
}

function Timestamp({ at, text }: { readonly at: InstantLike; readonly text: string }) {
  return (
    <Tooltip label={formatInstant(at)}>
      <time className={styles.instant} dateTime={new Date(at).toISOString()} suppressHydrationWarning>
        {text}
      </time>
    </Tooltip>
  );
}
