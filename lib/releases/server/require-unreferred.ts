import { DomainError } from "../../errors";
import type { Artefact } from "../../guards/artefact";
import { listNeighbours } from "../../guards/server/live-artefacts";
import { stillReferredTo } from "../../segments/check-standing";
import type { Transaction } from "../../server/database";

/**
 * Throws `blocked` where a tombstone would be served of what something live refers to. Needs the environment locked, so
 * that nothing which refers to it is released meanwhile.
 */
export async function requireUnreferred(
  tx: Transaction,
  environment: string,
  { key, standing }: Pick<Artefact, "key" | "standing">,
): Promise<void> {
  if (standing?.state !== "archived") return;
  const findings = stillReferredTo(key, await listNeighbours(tx, environment));
  if (findings.length === 0) return;
  const message = "Live segments refer to what would be archived.";
  throw new DomainError("blocked", message, { reason: "still-referred-to", findings });
}
