import type { PublicKeys } from "../../server/signing-key";
import { type Checkpoint, lineHash, noLine, signedText } from "../checkpoint";
import { type CheckpointLine, readCheckpointLines } from "./checkpoint-files";

export type AuditFault = { readonly sequence: number; readonly why: string };

export type CheckpointCheck = {
  /** How many lines hold together from the first on. */
  readonly count: number;
  readonly last: Pick<Checkpoint, "sequence" | "at" | "keyId"> | null;
  /** Lines that a crash cut off: the next one names the whole line before them. */
  readonly torn: number;
  readonly fault: AuditFault | null;
};

/** The last checkpoint that the database knows of. */
export type RememberedCheckpoint = { readonly sequence: number; readonly line: string } | null;

type WholeLine = Omit<CheckpointLine, "checkpoint"> & { readonly checkpoint: Checkpoint };

/**
 * Whether the files are what was written: each line names the one before it, and the last of each file and of each key
 * is signed, which covers those before it.
 */
export async function checkCheckpoints(
  folder: string,
  keys: Pick<PublicKeys, "verifies">,
  remembered: RememberedCheckpoint,
): Promise<CheckpointCheck> {
  let count = 0;
  let torn = 0;
  let isRemembered = remembered === null;
  let former: WholeLine | null = null;
  let formerHash = noLine;
  let fault: AuditFault | null = null;
  for await (const line of readCheckpointLines(folder)) {
    const { checkpoint } = line;
    if (checkpoint === null) {
      torn++;
      continue;
    }
    fault = seamFault(former, { ...line, checkpoint }, keys) ?? orderFault(former, formerHash, { ...line, checkpoint });
    if (fault) break;
    former = { ...line, checkpoint };
    formerHash = lineHash(line.text);
    isRemembered ||= formerHash === remembered?.line;
    count++;
  }
  fault ??= seamFault(former, null, keys);
  if (!isRemembered && remembered) fault ??= forgotten(remembered.sequence);
  const last = former && { ...pick(former.checkpoint) };
  return { count, torn, fault, last };
}

/** Where a file or the use of a key ends, the signature is looked at. */
function seamFault(
  former: WholeLine | null,
  next: WholeLine | null,
  keys: Pick<PublicKeys, "verifies">,
): AuditFault | null {
  if (former === null) return null;
  const { checkpoint } = former;
  if (next && next.file === former.file && next.checkpoint.keyId === checkpoint.keyId) return null;
  if (keys.verifies(checkpoint.keyId, signedText(checkpoint), checkpoint.signature)) return null;
  return at(former, "is not signed by a key of this installation");
}

function orderFault(former: WholeLine | null, formerHash: string, line: WholeLine): AuditFault | null {
  if (line.checkpoint.previous !== formerHash) return at(line, "does not name the line before it");
  if (former && line.checkpoint.sequence <= former.checkpoint.sequence) return at(line, "goes back");
  return null;
}

function forgotten(sequence: number): AuditFault {
  return { sequence, why: "the database remembers a checkpoint of it that no file has" };
}

function at({ file, number, checkpoint }: WholeLine, why: string): AuditFault {
  return { sequence: checkpoint.sequence, why: `its checkpoint, ${file} line ${number}, ${why}` };
}

function pick({ sequence, at, keyId }: Checkpoint): Pick<Checkpoint, "sequence" | "at" | "keyId"> {
  return { sequence, at, keyId };
}
