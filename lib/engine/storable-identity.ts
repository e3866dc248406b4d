import { DomainError } from "../errors";
import type { Identity } from "./customer-records";

/** Those that name somebody else already, in what is stored or earlier in the same call, are taken. */
export type SortedIdentities = { readonly fresh: readonly Identity[]; readonly taken: readonly Identity[] };

/** `owners` by `identityName`. Throws invalid for what cannot be stored. */
export function sortIdentities(identities: readonly Identity[], owners: ReadonlyMap<string, string>): SortedIdentities {
  const known = new Map(owners);
  const fresh: Identity[] = [];
  const taken: Identity[] = [];
  for (const identity of identities) {
    requireStorable(identity);
    const owner = known.get(identityName(identity));
    if (owner === undefined) {
      known.set(identityName(identity), identity.customerId);
      fresh.push(identity);
    } else if (owner !== identity.customerId) taken.push(identity);
  }
  return { fresh, taken };
}

/** One text for namespace and value. */
export function identityName({ namespace, value }: Pick<Identity, "namespace" | "value">): string {
  return JSON.stringify([namespace, value]);
}

function requireStorable(identity: Identity): void {
  for (const [field, text] of Object.entries(identity))
    if (text === "" || !text.isWellFormed())
      throw new DomainError("invalid", `An identity cannot be stored: its ${field} is empty or not Unicode.`, {
        reason: "unstorable-identity",
      });
}
