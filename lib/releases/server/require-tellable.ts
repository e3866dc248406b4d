import { loadCatalogue } from "../../catalogue/server/load-catalogue";
import { DomainError } from "../../errors";
import { type Finding, isBlocking } from "../../findings";
import type { Artefact } from "../../guards/artefact";
import { servedUse } from "../../guards/carried-labels";
import { formatFindings } from "../../guards/format-findings";
import { destinationFindings } from "../../guards/label-findings";
import { loadHousePolicies } from "../../guards/server/house-policies";
import { listToldConsumers, type ToldConsumer } from "../../guards/server/told-consumers";
import { afterWaivers } from "../../guards/waiver";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";

/**
 * Throws `blocked` with a finding for each consumer whose format cannot say what would be served to it, and for each
 * that runs where a label policy refuses it.
 */
export async function requireTellable(
  tx: Transaction,
  { now }: Pick<Context, "now">,
  { environment, artefact }: { readonly environment: string; readonly artefact: Artefact },
): Promise<void> {
  const { regions, purposes, parts, tree } = artefact;
  const told = await listToldConsumers(tx, environment, { regions, purposes: purposes.map(({ key }) => key) });
  const unsayable = formatFindings({ ...parts, tree }, told, "blocking");
  const refused = await refusedDestinations(tx, artefact, { told, now });
  const message = "A consumer cannot be told what would be released.";
  requireNone([...unsayable, ...refused], message, unsayable.length > 0 ? "format-cannot-say" : "label-refused");
}

async function refusedDestinations(
  tx: Transaction,
  artefact: Artefact,
  { told, now }: { readonly told: readonly ToldConsumer[]; readonly now: Date },
): Promise<Finding[]> {
  if (!told.some(({ location }) => location !== null)) return [];
  const { labelPolicies: policies, waivers } = await loadHousePolicies(tx, [artefact.key]);
  const use = servedUse(artefact, (await loadCatalogue(tx)).attributes);
  const found = destinationFindings(use, told, { policies, severity: "blocking" });
  return afterWaivers(found, waivers, { segment: artefact.key, now: now.getTime() });
}

function requireNone(findings: readonly Finding[], message: string, reason: string): void {
  if (findings.some(isBlocking)) throw new DomainError("blocked", message, { reason, findings });
}
