import { DomainError, notFound } from "../errors";
import type { Profile } from "../rules/definition";
import { statementKey } from "./consent-statement";
import type { ConsentStatement, CustomerEvent, Identity, IngestBatch, MergePair } from "./customer-records";
import { type KeptMerge, type KnownCustomer, mergedCustomer, partedCustomer } from "./merged-customer";

/** What merging and parting ask of what is stored. */
export type CustomerReader = {
  profiles(ids: readonly string[]): Promise<readonly Profile[]>;
  statements(ids: readonly string[]): Promise<readonly ConsentStatement[]>;
  identities(id: string): Promise<readonly Identity[]>;
  /** Ids of the customer's events, by event type. */
  eventIds(id: string): Promise<Readonly<Record<string, readonly string[]>>>;
  findMerge(from: string): Promise<StoredMerge | null>;
};

export type StoredMerge = { readonly into: string; readonly kept: KeptMerge };

/** What is written when two become one, or two again. The same move a second time changes nothing. */
export type CustomerMove = {
  /** Written first when two are merged, removed last when they part. */
  readonly merge: MergePair & { readonly kept: KeptMerge; readonly ends: boolean };
  readonly events: { readonly to: string; readonly ids: KeptMerge["events"] };
  readonly identities: { readonly added: readonly Identity[]; readonly removed: readonly Identity[] };
  readonly statements: { readonly added: readonly ConsentStatement[]; readonly removed: readonly ConsentStatement[] };
  readonly profiles: readonly Profile[];
  /** Who is known from now on, and who is no longer. */
  readonly made: readonly string[];
  readonly gone: readonly string[];
};

/** Null when they are one already. Throws not-found for who is not known, conflict for who is somebody else already. */
export async function planMerge(reader: CustomerReader, pair: MergePair, now: number): Promise<CustomerMove | null> {
  const [begun, profiles] = await Promise.all([reader.findMerge(pair.from), reader.profiles([pair.from, pair.into])]);
  if (begun && begun.into !== pair.into) throw mergedAlready(pair.from);
  const from = profiles.find(({ id }) => id === pair.from);
  if (begun && !from) return null;
  return mergeMove(pair, begun?.kept ?? (await keptOf(reader, pair, profiles, now)));
}

/** Null when they are not merged. */
export async function planParting(reader: CustomerReader, pair: MergePair): Promise<CustomerMove | null> {
  const begun = await reader.findMerge(pair.from);
  if (begun?.into !== pair.into) return null;
  return partingMove(pair, begun.kept, await knownCustomer(reader, pair.into, await reader.profiles([pair.into])));
}

async function keptOf(
  reader: CustomerReader,
  pair: MergePair,
  profiles: readonly Profile[],
  now: number,
): Promise<KeptMerge> {
  if (pair.from === pair.into) throw mergedAlready(pair.from);
  const [from, into] = [
    await knownCustomer(reader, pair.from, profiles),
    await knownCustomer(reader, pair.into, profiles),
  ];
  return {
    from: { ...from, identities: await reader.identities(pair.from) },
    into,
    merged: mergedCustomer(from, into, now),
    events: await reader.eventIds(pair.from),
  };
}

async function knownCustomer(reader: CustomerReader, id: string, profiles: readonly Profile[]): Promise<KnownCustomer> {
  const profile = profiles.find((each) => each.id === id);
  if (!profile) throw notFound("customer", id);
  return { profile, statements: await reader.statements([id]) };
}

function mergeMove(pair: MergePair, kept: KeptMerge): CustomerMove {
  const { from, into, merged, events } = kept;
  return {
    merge: { ...pair, kept, ends: false },
    events: { to: pair.into, ids: events },
    identities: { added: renamed(from.identities, pair.into), removed: from.identities },
    statements: { added: without(merged.statements, into.statements), removed: from.statements },
    profiles: [merged.profile],
    ...{ made: [], gone: [pair.from] },
  };
}

function partingMove(pair: MergePair, kept: KeptMerge, current: KnownCustomer): CustomerMove {
  const { from, into, merged, events } = kept;
  return {
    merge: { ...pair, kept, ends: true },
    events: { to: pair.from, ids: events },
    identities: { added: from.identities, removed: renamed(from.identities, pair.into) },
    statements: { added: from.statements, removed: without(merged.statements, into.statements) },
    profiles: [from.profile, partedCustomer(kept, current).profile],
    ...{ made: [pair.from], gone: [] },
  };
}

function renamed(identities: readonly Identity[], customerId: string): Identity[] {
  return identities.map((identity) => ({ ...identity, customerId }));
}

function without(statements: readonly ConsentStatement[], known: readonly ConsentStatement[]): ConsentStatement[] {
  const keys = new Set(known.map(statementKey));
  return statements.filter((statement) => !keys.has(statementKey(statement)));
}

function mergedAlready(id: string): DomainError {
  return new DomainError("conflict", `Customer "${id}" cannot be merged into themselves or into two others.`, {
    reason: "already-merged",
  });
}

/** What comes in of customers who were merged is of who they are now. Their profile is not told anew: it is not theirs. */
export function batchOfMerged(batch: IngestBatch, merged: ReadonlyMap<string, string>): IngestBatch {
  if (merged.size === 0) return batch;
  return {
    changes: (batch.changes ?? []).filter(({ id }) => !merged.has(id)),
    consents: ofNow(batch.consents ?? [], merged),
    events: ofNow(batch.events ?? [], merged),
    identities: ofNow(batch.identities ?? [], merged),
  };
}

export function eventsOfMerged(
  events: readonly CustomerEvent[],
  merged: ReadonlyMap<string, string>,
): readonly CustomerEvent[] {
  return merged.size === 0 ? events : ofNow(events, merged);
}

function ofNow<T extends { readonly customerId: string }>(
  list: readonly T[],
  merged: ReadonlyMap<string, string>,
): T[] {
  return list.map((each) => ({ ...each, customerId: merged.get(each.customerId) ?? each.customerId }));
}

/** Whom a batch speaks of. */
export function customersIn({ changes = [], consents = [], events = [], identities = [] }: IngestBatch): string[] {
  return [...changes.map(({ id }) => id), ...[...consents, ...events, ...identities].map((each) => each.customerId)];
}

/** Of each the last of the customers that it leads to. `step` gives the next of those that were merged. */
export async function followMerges(
  ids: readonly string[],
  step: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<ReadonlyMap<string, string>> {
  const last = new Map<string, string>();
  let heads = new Map([...new Set(ids)].map((id) => [id, id]));
  for (;;) {
    const next = await step([...heads.values()]);
    heads = new Map([...heads].flatMap(([id, head]) => (next.has(head) ? [[id, next.get(head) ?? head]] : [])));
    if (heads.size === 0) return last;
    for (const [id, head] of heads) last.set(id, head);
  }
}
