import type { Checkpoint } from "../checkpoint";
import { readCheckpointLines } from "./checkpoint-files";

/** The first checkpoint of an entry or of a later one, or null while there is none. */
export async function coveringCheckpoint(
  folder: string,
  { sequence, at }: { readonly sequence: number; readonly at: string },
): Promise<Checkpoint | null> {
  for await (const { checkpoint } of readCheckpointLines(folder, at.slice(0, 10))) {
    if (checkpoint && checkpoint.sequence >= sequence) return checkpoint;
  }
  return null;
}
