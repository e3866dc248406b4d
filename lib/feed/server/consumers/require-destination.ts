import { loadCatalogue } from "../../../catalogue/server/load-catalogue";
import { DomainError } from "../../../errors";
import { isBlocking } from "../../../findings";
import { servedUse } from "../../../guards/carried-labels";
import { type Destination, destinationFindings } from "../../../guards/label-findings";
import { loadHousePolicies } from "../../../guards/server/house-policies";
import { listLiveArtefacts } from "../../../guards/server/live-artefacts";
import { loadTransferRules } from "../../../guards/server/transfer-rules";
import { servedRegions } from "../../../guards/transfer-rule";
import { afterWaivers } from "../../../guards/waiver";
import type { Context } from "../../../server/context";
import type { Transaction } from "../../../server/database";

/** What a key lets out: everything of an environment that shares a region and a purpose with it. */
export type KeyScope = {
  readonly environmentKey: string;
  readonly regions: readonly string[];
  readonly purposes: readonly string[];
};

/**
 * Throws where what the keys let out may not go where the consumer runs: data of a region by the transfer rules, or
 * something live by a label policy. Without a location nothing is held against it.
 */
export async function requireDestination(
  tx: Transaction,
  { now }: Pick<Context, "now">,
  { consumer, keys }: { readonly consumer: Destination; readonly keys: readonly KeyScope[] },
): Promise<void> {
  if (consumer.location === null) return;
  await requireTransfers(tx, consumer.location, keys);
  for (const [environment, ofKeys] of Map.groupBy(keys, ({ environmentKey }) => environmentKey)) {
    await requireLabels(tx, now, { consumer, environment, keys: ofKeys });
  }
}

async function requireTransfers(tx: Transaction, location: string, keys: readonly KeyScope[]): Promise<void> {
  const wanted = [...new Set(keys.flatMap(({ regions }) => regions))];
  const served = servedRegions(wanted, location, await loadTransferRules(tx));
  const refused = wanted.filter((region) => !served.includes(region));
  if (refused.length === 0) return;
  const message = `No transfer rule lets data of ${refused.join(", ")} go to ${location}, where the consumer runs.`;
  throw new DomainError("conflict", message, {
    reason: "transfer-not-allowed",
    detail: { regions: refused, location },
  });
}

type Told = { readonly consumer: Destination; readonly environment: string; readonly keys: readonly KeyScope[] };

async function requireLabels(tx: Transaction, now: Date, { consumer, environment, keys }: Told): Promise<void> {
  const told = (await listLiveArtefacts(tx, environment)).filter(({ artefact }) =>
    keys.some(
      ({ regions, purposes }) =>
        artefact.regions.some((region) => regions.includes(region)) &&
        artefact.purposes.some(({ key }) => purposes.includes(key)),
    ),
  );
  const segments = told.map(({ artefact }) => artefact.key);
  const { labelPolicies: policies, waivers } = await loadHousePolicies(tx, segments);
  const { attributes } = await loadCatalogue(tx);
  const findings = told.flatMap(({ artefact }) => {
    const found = destinationFindings(servedUse(artefact, attributes), [consumer], { policies, severity: "blocking" });
    const said = found.map((each) => ({ ...each, message: `${artefact.name}: ${each.message}` }));
    return afterWaivers(said, waivers, { segment: artefact.key, now: now.getTime() });
  });
  if (!findings.some(isBlocking)) return;
  const message = "A label policy refuses what is live where the consumer runs.";
  throw new DomainError("blocked", message, { reason: "label-refused", findings });
}
