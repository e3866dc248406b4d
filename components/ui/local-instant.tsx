"use client";

import { useMounted } from "@mantine/hooks";

type LocalInstantProps = {
  readonly at: string;
  /** What stands around it, where there is anything to say. */
  readonly before?: string;
  readonly after?: string;
};

/**
 * An instant where the one who looks is, which only the browser knows: "21 Nov, 15:32 GMT+1 here". Nothing where the
 * clocks go by UTC, as every other instant does.
 */
export function LocalInstant({ at, before, after }: LocalInstantProps) {
  const mounted = useMounted();
  if (!mounted || new Date(at).getTimezoneOffset() === 0) return null;
  return (
    <>
      {before}
      <time dateTime={at}>{local.format(new Date(at))} here</time>
      {after}
    </>
  );
}

const local = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  timeZoneName: "short",
});
