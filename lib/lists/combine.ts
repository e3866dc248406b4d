import type { ListContent, ListDifference, UploadMode } from "./definition";

/** What a list holds after an upload: merging keeps who was there and takes over the uploaded expiries. */
export function combine(before: ListContent, uploaded: ListContent, mode: UploadMode): ListContent {
  if (mode === "replace") return uploaded;
  const merged = new Map(before.map((entry) => [entry.customerId, entry]));
  for (const entry of uploaded) merged.set(entry.customerId, entry);
  return [...merged.values()].sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
}

export function differenceOf(from: ListContent, to: ListContent): ListDifference {
  const before = new Map(from.map(({ customerId, expiresAt }) => [customerId, expiresAt]));
  const kept = to.filter(({ customerId }) => before.has(customerId));
  return {
    added: to.length - kept.length,
    removed: from.length - kept.length,
    changed: kept.filter(({ customerId, expiresAt }) => before.get(customerId) !== expiresAt).length,
  };
}
