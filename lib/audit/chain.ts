import { hash as digest } from "node:crypto";
import canonicalize from "canonicalize";

/** What the first entry names as the one before it. */
export const genesisHash = "0".repeat(64);

/** What an entry's hash covers. `at` is ISO 8601 UTC; `before` and `after` are JSON values, null where there is none. */
export type ChainedEntry = {
  readonly sequence: number;
  readonly at: string;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly via: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly subjectName: string;
  readonly before: unknown;
  readonly after: unknown;
};

export type StoredEntry = ChainedEntry & { readonly previousHash: string; readonly hash: string };

/** SHA-256 over the hash before and the canonical JSON (RFC 8785) of the entry; hexadecimal. */
export function entryHash(previousHash: string, entry: ChainedEntry): string {
  const { sequence, at, actorId, actorName, via, action, subjectType, subjectId, subjectName, before, after } = entry;
  const text = canonicalize({
    sequence,
    at,
    actorId,
    actorName,
    via,
    action,
    subjectType,
    subjectId,
    subjectName,
    before: before ?? null,
    after: after ?? null,
  });
  return digest("sha256", `${previousHash}\n${text}`);
}

/** Why an entry does not follow the one before it, or null when it does. */
export function linkFault(previous: { sequence: number; hash: string }, entry: StoredEntry): string | null {
  if (entry.sequence !== previous.sequence + 1) return `entry ${previous.sequence + 1} is missing`;
  if (entry.previousHash !== previous.hash) return "it does not name the hash of the entry before it";
  if (entryHash(entry.previousHash, entry) !== entry.hash) return "its content is not what was hashed";
  return null;
}
