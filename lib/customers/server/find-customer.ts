import type { Engine } from "../../engine/engine";
import { DomainError, notFound } from "../../errors";
import { nearestKeys } from "../../rules/nearest-keys";
import type { Database } from "../../server/database";
import { readIdentifier } from "../identity-value";
import { loadNamespaces } from "./namespaces";

/** Who the customer is now: who was merged is somebody else. */
export async function currentId(engine: Pick<Engine, "mergedInto">, id: string): Promise<string> {
  return (await engine.mergedInto([id])).get(id) ?? id;
}

/** The customer whom an identifier names, "NAMESPACE:VALUE". Throws not-found, also for one who is not known yet. */
export async function findCustomer(
  db: Database,
  engine: Pick<Engine, "findByIdentity">,
  identifier: string,
): Promise<string> {
  const given = readIdentifier(identifier);
  if (!given)
    throw new DomainError("invalid", 'An identifier is a namespace and a value, as "device:d-17".', {
      reason: "not-an-identifier",
    });
  const kept = await requireKept(db, given);
  const found = await engine.findByIdentity(given.namespace, kept);
  if (found === null) throw notFound("customer with the identifier", identifier);
  return found;
}

/** The value as it is kept. Throws invalid where it cannot be. */
export async function requireKept(
  db: Database,
  { namespace, value }: { readonly namespace: string; readonly value: string },
): Promise<string> {
  const namespaces = await loadNamespaces(db);
  const keep = namespaces.get(namespace);
  if (!keep) {
    const known = nearestKeys(namespace, namespaces.keys()).join(", ") || [...namespaces.keys()].join(", ");
    throw new DomainError("invalid", `There is no namespace "${namespace}". There are: ${known}.`, {
      reason: "unknown-namespace",
    });
  }
  const kept = keep(value);
  if (kept === null)
    throw new DomainError("invalid", "The value is empty, too long or not Unicode.", { reason: "unfit-identity" });
  return kept;
}
