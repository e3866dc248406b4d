import type { AttributeType } from "../catalogue/definition";
import type { Profile } from "../rules/definition";
import { changedProfile, isSameProfile } from "./changed-profile";
import { decidedConsents, statementKey, storableStatement } from "./consent-statement";
import type { ConsentStatement, CustomerEvent, IngestBatch, IngestResult, ProfileChange } from "./customer-records";
import type { EventShapes } from "./event-shapes";
import { storableEvent } from "./storable-event";
import { storableProfile } from "./storable-profile";

/** A batch as it can be stored, and what has to be known before it is. */
export type ReadBatch = {
  readonly changes: ReadonlyMap<string, readonly ProfileChange[]>;
  readonly statements: readonly ConsentStatement[];
  readonly events: readonly CustomerEvent[];
  /** Whose profiles it may change. */
  readonly customers: readonly string[];
};

/** What is stored of the customers and events that a batch speaks of. */
export type StoredBefore = {
  readonly profiles: readonly Profile[];
  readonly statements: readonly ConsentStatement[];
  readonly events: readonly string[];
};

export type IngestPlan = {
  /** Profiles to write: of those who are not known yet, and of those who change. */
  readonly made: readonly Profile[];
  readonly changed: readonly Profile[];
  /** The latter as they were. */
  readonly before: readonly Profile[];
  readonly statements: readonly ConsentStatement[];
  readonly events: readonly CustomerEvent[];
  readonly result: Omit<IngestResult, "taken">;
};

/** Throws invalid for events and statements that cannot be stored. */
export function readBatch({ changes = [], consents = [], events = [] }: IngestBatch, shapes: EventShapes): ReadBatch {
  const statements = consents.map(storableStatement);
  const customers = new Set([...changes.map(({ id }) => id), ...statements.map(({ customerId }) => customerId)]);
  return {
    changes: Map.groupBy(changes, ({ id }) => id),
    statements,
    events: events.map((event) => storableEvent(event, shapes)),
    customers: [...customers],
  };
}

/** What a batch comes to. Throws invalid for a profile that cannot be stored. */
export function planIngest(
  batch: ReadBatch,
  stored: StoredBefore,
  types: ReadonlyMap<string, AttributeType>,
): IngestPlan {
  const statements = firstOfEach(batch.statements, statementKey, stored.statements.map(statementKey));
  const events = firstOfEach(batch.events, ({ id }) => id, stored.events);
  const profiles = new Map(stored.profiles.map((profile) => [profile.id, profile]));
  const said = Map.groupBy([...stored.statements, ...statements.fresh], ({ customerId }) => customerId);
  const made: Profile[] = [];
  const changed: Profile[] = [];
  const before: Profile[] = [];
  for (const id of batch.customers) {
    const known = profiles.get(id);
    const changes = batch.changes.get(id);
    if (!known && !changes) continue;
    const next = storableProfile(changedProfile(id, known, changes ?? [], decidedConsents(said.get(id) ?? [])), types);
    if (!known) made.push(next);
    else if (!isSameProfile(known, next)) {
      changed.push(next);
      before.push(known);
    }
  }
  return {
    ...{ made, changed, before, statements: statements.fresh, events: events.fresh },
    result: {
      ...{ inserted: made.length, updated: changed.length },
      appended: statements.fresh.length + events.fresh.length,
      repeated: statements.repeats.length + events.repeats.length,
      repeats: { events: events.repeats, consents: statements.repeats },
      touched: [
        ...new Set([...made, ...changed].map(({ id }) => id).concat(events.fresh.map((event) => event.customerId))),
      ],
    },
  };
}

/** The first of each that is not among the known, and the places of the others. */
function firstOfEach<T>(all: readonly T[], nameOf: (each: T) => string, known: readonly string[]) {
  const seen = new Set(known);
  const fresh: T[] = [];
  const repeats: number[] = [];
  for (const [place, each] of all.entries()) {
    const name = nameOf(each);
    if (seen.has(name)) repeats.push(place);
    else {
      seen.add(name);
      fresh.push(each);
    }
  }
  return { fresh, repeats };
}
