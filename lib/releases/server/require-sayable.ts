import { DomainError } from "../../errors";
import type { Artefact } from "../../guards/artefact";
import { formatFindings } from "../../guards/format-findings";
import { listFormatReaders } from "../../guards/server/format-readers";
import type { Transaction } from "../../server/database";

/** Throws `blocked` with a finding for each consumer and place where its format cannot say what would be served to it. */
export async function requireSayable(tx: Transaction, environment: string, artefact: Artefact): Promise<void> {
  const { regions, purposes, parts, tree } = artefact;
  const scope = { regions, purposes: purposes.map(({ key }) => key) };
  const findings = formatFindings({ ...parts, tree }, await listFormatReaders(tx, environment, scope), "blocking");
  if (findings.length === 0) return;
  const message = "A consumer's format cannot say what would be released.";
  throw new DomainError("blocked", message, { reason: "format-cannot-say", findings });
}
