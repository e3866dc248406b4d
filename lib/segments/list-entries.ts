import { type ListEntry, mostListed } from "./document";

const longestId = 200;

/** The entries with `ids` added; one that is listed already takes over the new reason and end. `refused` says why not. */
export function addEntries(
  entries: readonly ListEntry[],
  ids: readonly string[],
  more: Omit<ListEntry, "customerId">,
): { readonly entries: ListEntry[]; readonly refused?: string } {
  const kept = [...entries];
  const long = ids.find((id) => id.length > longestId);
  if (long !== undefined)
    return {
      entries: kept,
      refused: `An id has at most ${longestId} characters; "${long.slice(0, 20)}…" has ${long.length}.`,
    };
  const fresh = new Set(ids);
  const next = [
    ...kept.filter((entry) => !fresh.has(entry.customerId)),
    ...ids.map((customerId) => ({ customerId, ...more })),
  ];
  if (next.length > mostListed)
    return {
      entries: kept,
      refused: `A list holds at most ${mostListed.toLocaleString("en")} customers; this would make ${next.length.toLocaleString("en")}.`,
    };
  return { entries: next };
}
