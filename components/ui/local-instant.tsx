"use client";

/** An instant where the one who looks is, which only the browser knows: "21 Nov, 15:32 GMT+1 here". */
export function LocalInstant({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} suppressHydrationWarning>
      {local.format(new Date(at))} here
    </time>
  );
}

const local = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  timeZoneName: "short",
});
