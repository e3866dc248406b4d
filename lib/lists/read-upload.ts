import { parseInstant } from "../rules/instant";
import { quote } from "../rules/rule-finding";
import type { UploadReject } from "./contract";
import { type ListContent, listBounds } from "./definition";

/** An entry as somebody sent it, with its line in a text or its number in a list, from 1. */
export type GivenEntry = { readonly line: number; readonly customerId: unknown; readonly expiresAt?: unknown };

export type ReadUpload = {
  /** By customer id, each once. */
  readonly entries: ListContent;
  readonly repeated: number;
  readonly rejected: number;
  /** The first of them. */
  readonly rejects: readonly UploadReject[];
};

const mostRejects = 100;

/** Takes over what is sound; of a customer who comes twice, the last entry. */
export function readUpload(given: Iterable<GivenEntry>): ReadUpload {
  const expiries = new Map<string, number | undefined>();
  const rejects: UploadReject[] = [];
  let rejected = 0;
  let repeated = 0;
  for (const entry of given) {
    const reject = rejectOf(entry);
    if (reject) {
      rejected += 1;
      if (rejects.length < mostRejects) rejects.push({ line: entry.line, ...reject });
      continue;
    }
    const id = storedId(entry.customerId);
    if (expiries.has(id)) repeated += 1;
    expiries.set(id, expiryOf(entry.expiresAt));
  }
  const entries = [...expiries]
    .map(([customerId, expiresAt]) => (expiresAt === undefined ? { customerId } : { customerId, expiresAt }))
    .sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
  return { entries, repeated, rejected, rejects };
}

const idWanted = `Give the customer's id: a text of 1 to ${listBounds.idLength} characters.`;
const instantWanted = "Give an instant as ISO 8601 in UTC, as 2026-12-31T23:59:59Z, or none.";

/** No database takes a NUL, and in a file of entries a line is an entry. */
const unlistable = /[\0\n\r]/;

function rejectOf({ customerId, expiresAt }: GivenEntry): Omit<UploadReject, "line"> | undefined {
  if (customerId === undefined || customerId === null || customerId === "")
    return { message: "The id is missing.", resolution: idWanted };
  if (typeof customerId !== "string" || !customerId.isWellFormed() || unlistable.test(customerId.trim()))
    return { message: `This is no id: ${quote(customerId)}.`, resolution: idWanted };
  const length = storedId(customerId).length;
  if (length === 0) return { message: "The id is blank.", resolution: idWanted };
  if (length > listBounds.idLength) return { message: `The id has ${length} characters.`, resolution: idWanted };
  if (isBlank(expiresAt) || (typeof expiresAt === "string" && parseInstant(expiresAt.trim()) !== undefined))
    return undefined;
  return { message: `This is no instant: ${quote(expiresAt)}.`, resolution: instantWanted };
}

/** As an import stores ids of customers. */
function storedId(customerId: unknown): string {
  return typeof customerId === "string" ? customerId.trim() : "";
}

function expiryOf(expiresAt: unknown): number | undefined {
  return typeof expiresAt === "string" ? parseInstant(expiresAt.trim()) : undefined;
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}
