"use client";

import { Tooltip } from "@mantine/core";
import {
  formatAgo,
  formatDay,
  formatInstant,
  formatShortDay,
  formatTime,
  formatWhen,
  type InstantLike,
} from "./instant-format";
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

/** How long ago (or until), counting on while the page is open. */
export function TimeAgo({ at, none = "never" }: InstantProps) {
  const now = useNow();
  if (at === null || at === undefined) return <>{none}</>;
  return <Timestamp at={at} text={formatAgo(at, now)} />;
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
      <time dateTime={new Date(at).toISOString()} suppressHydrationWarning>
        {text}
      </time>
    </Tooltip>
  );
}
