import type { FeedChange } from "./wire";

/** Server-sent events (the HTML standard), as the bytes that every reader of one kind is sent alike. */
export const retryFrame = Buffer.from("retry: 2000\n\n");
export const heartbeatFrame = Buffer.from(": ♥\n\n");

/** `cursor` is where a reader who holds this goes on; `complete` says whether it is told all of the revision. */
export function changesFrame(
  cursor: string,
  told: { revision: number; changes: readonly FeedChange[]; complete: boolean },
): Buffer {
  return eventFrame({ id: cursor, event: "changes", data: JSON.stringify(told) });
}

/** The JSON of the head as it is; without a cursor for a reader who has not been told of the changes up to it. */
export function headFrame(json: Buffer, cursor?: string): Buffer {
  return eventFrame({ ...(cursor !== undefined && { id: cursor }), event: "head", data: json.toString() });
}

/** The last event of a stream that cannot go on: `snapshot` is where to begin anew, and absent where a cursor will do. */
export function resyncFrame(why: { readonly code: string; readonly snapshot?: string }): Buffer {
  return eventFrame({ event: "resync", data: JSON.stringify(why) });
}

/** Values have no line breaks. */
function eventFrame(fields: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`);
  return Buffer.from(`${lines.join("")}\n`);
}
