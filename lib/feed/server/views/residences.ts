import { createHash } from "node:crypto";
import type { Engine } from "../../../engine/engine";
import type { LiveArtefact } from "../../../guards/server/live-artefacts";
import { listedCustomers } from "../../scope";

/** Where the customers reside whom an environment's rules name by hand. */
export type Residences = {
  /** Differs where one of them resides elsewhere, or where others are named. */
  readonly digest: string;
  /** The state of the customers and the releases that it was taken from. */
  readonly of: string;
};

export const noResidences: Residences = { digest: "", of: "" };

/** Looks only where customers or releases have changed since `known`. */
export async function findResidences(
  artefacts: readonly LiveArtefact[],
  engine: () => Pick<Engine, "changedAt" | "regionsOf">,
  known: Residences = noResidences,
): Promise<Residences> {
  const named = namedCustomers(artefacts);
  if (named.size === 0) return noResidences;
  const releases = artefacts.map(({ releaseId }) => releaseId);
  const of = JSON.stringify([await engine().changedAt(), ...releases]);
  if (of === known.of) return known;
  const regions = await engine().regionsOf([...named]);
  const digest = createHash("sha256");
  for (const id of [...named].sort()) digest.update(JSON.stringify([id, regions.get(id) ?? null]));
  return { digest: digest.digest("base64url"), of };
}

const namedIn = new WeakMap<readonly Pick<LiveArtefact, "artefact">[], ReadonlySet<string>>();

/** Read from each list of artefacts once: there may be hundreds of thousands. */
export function namedCustomers(artefacts: readonly Pick<LiveArtefact, "artefact">[]): ReadonlySet<string> {
  const known = namedIn.get(artefacts);
  if (known) return known;
  const named = new Set(artefacts.flatMap(({ artefact }) => listedCustomers(artefact).map((each) => each.customerId)));
  namedIn.set(artefacts, named);
  return named;
}
