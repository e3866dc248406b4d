import { DomainError } from "../errors";
import { blocking } from "../rules/rule-finding";
import type { UploadList } from "./contract";
import { type ListContent, listBounds, type UploadMode } from "./definition";
import { readText } from "./read-text";
import { type GivenEntry, type ReadUpload, readUpload } from "./read-upload";

export function requireTerms({ mode, basedOn }: UploadList): { mode: UploadMode; basedOn: number } {
  if (mode !== undefined && basedOn !== undefined) return { mode, basedOn };
  const missing = mode === undefined ? "mode" : "basedOn";
  const resolution =
    missing === "mode" ? 'Give "replace" or "merge".' : "Give the version that the list has; 0 before the first.";
  const message = `The upload does not say its ${missing}.`;
  const findings = [blocking("missing-value", [missing], message, resolution)];
  throw new DomainError("invalid", `${message} ${resolution}`, { reason: "invalid-input", findings });
}

/** What of the upload can be taken over. Throws `invalid` where nothing can, or too much is sent. */
export function requireUpload({ entries, text }: UploadList): ReadUpload {
  if ((entries === undefined) === (text === undefined)) throw unusable("Give either entries or text.", "invalid-input");
  const upload = readUpload(atMost(mostGiven, entries ? numbered(entries) : readText(text ?? "")));
  requireRoom(upload.entries);
  const { length } = upload.entries;
  if (length > 0 || (entries?.length === 0 && upload.rejected === 0)) return upload;
  const message =
    upload.rejected === 0 ? "The text holds no id; to empty a list, replace it with no entries." : "No entry is sound.";
  throw unusable(message, "nothing-accepted", { rejected: upload.rejected, rejects: upload.rejects });
}

/** Some may be repeated or refused, but not without end. */
const mostGiven = 3 * listBounds.entries;

function* atMost(most: number, given: Iterable<GivenEntry>): Generator<GivenEntry> {
  let count = 0;
  for (const entry of given) {
    count += 1;
    if (count > most) throw tooMany(`The upload has more than ${most.toLocaleString("en")} entries.`);
    yield entry;
  }
}

function tooMany(what: string): DomainError {
  return unusable(
    `A list holds at most ${listBounds.entries.toLocaleString("en")} customers. ${what}`,
    "too-many-entries",
  );
}

function* numbered(entries: readonly unknown[]): Generator<GivenEntry> {
  for (const [index, entry] of entries.entries()) {
    const fields: { customerId?: unknown; expiresAt?: unknown } =
      typeof entry === "object" && entry !== null ? entry : { customerId: entry };
    yield { line: index + 1, customerId: fields.customerId, expiresAt: fields.expiresAt };
  }
}

export function requireRoom({ length }: ListContent): void {
  if (length <= listBounds.entries) return;
  // How many it would be in all says of a single uploaded customer whether they are on the list already.
  throw tooMany("This would make more.");
}

function unusable(message: string, reason: string, detail?: unknown): DomainError {
  return new DomainError("invalid", message, { reason, detail });
}
