import type { AttributeValue, Profile } from "../rules/definition";
import { isSameValue } from "./changed-profile";
import { type DecidedConsents, decidedConsents, statementKey, withConsents } from "./consent-statement";
import type { ConsentState, ConsentStatement, Identity } from "./customer-records";

/** What is known of one customer. */
export type KnownCustomer = { readonly profile: Profile; readonly statements: readonly ConsentStatement[] };

/** What parting needs: both as they were, what became of them, and what moved. */
export type KeptMerge = {
  readonly from: KnownCustomer & { readonly identities: readonly Identity[] };
  readonly into: KnownCustomer;
  readonly merged: KnownCustomer;
  /** Ids by event type. */
  readonly events: Readonly<Record<string, readonly string[]>>;
};

export const mergeSource = "merge";

/**
 * One customer of two. What `into` has wins, what it lacks comes from `from`. Consent is the stricter side's: a purpose
 * is granted only where both granted it, and an objection of either is one of both. A statement made at `now` says so of
 * every purpose that is not granted: whatever older one still arrives, it decides until the customer speaks anew.
 */
export function mergedCustomer(from: KnownCustomer, into: KnownCustomer, now: number): KnownCustomer {
  const { id: customerId, region = from.profile.region } = into.profile;
  const moved = from.statements.map((statement) => ({ ...statement, customerId }));
  const said = unique([...into.statements, ...moved]);
  const merged: Profile = {
    id: customerId,
    ...(region === undefined ? {} : { region }),
    consents: into.profile.consents.filter((purpose) => from.profile.consents.includes(purpose)),
    objections: [...new Set([...into.profile.objections, ...from.profile.objections])],
    attributes: { ...from.profile.attributes, ...into.profile.attributes },
  };
  const spokenOf = [...from.profile.consents, ...into.profile.consents, ...said.map(({ purpose }) => purpose)];
  const at = said.reduce((latest, statement) => Math.max(latest, statement.at + 1), now);
  const denials = [...new Set([...spokenOf, ...merged.objections])].flatMap((purpose): ConsentStatement[] => {
    const state = stateIn(merged, purpose);
    return state === "granted" ? [] : [{ customerId, purpose, state, at, source: mergeSource }];
  });
  const statements = [...said, ...denials];
  return { profile: withConsents(merged, decidedConsents(statements)), statements };
}

function stateIn({ consents, objections }: Profile, purpose: string): ConsentState {
  if (objections.includes(purpose)) return "objected";
  return consents.includes(purpose) ? "granted" : "withdrawn";
}

/**
 * Both as they were, with what came in since staying with `into`: a value that is not as the merge left it, and what the
 * customer has said of a purpose since.
 */
export function partedCustomer(kept: Omit<KeptMerge, "events">, current: KnownCustomer): KnownCustomer {
  const known = new Set(kept.merged.statements.map(statementKey));
  const since = current.statements.filter((statement) => !known.has(statementKey(statement)));
  const statements = [...kept.into.statements, ...since];
  const [before, after, now] = [kept.into.profile, kept.merged.profile, current.profile];
  const region = after.region === now.region ? before.region : now.region;
  const parted: Profile = {
    id: before.id,
    ...(region === undefined ? {} : { region }),
    consents: partedSet(before.consents, after.consents, now.consents),
    objections: partedSet(before.objections, after.objections, now.objections),
    attributes: partedAttributes(before.attributes, after.attributes, now.attributes),
  };
  return { profile: withConsents(parted, decidedSince(statements, since)), statements };
}

/** Of the purposes that the customer has spoken of since. */
function decidedSince(all: readonly ConsentStatement[], since: readonly ConsentStatement[]): DecidedConsents {
  const spokenOf = new Set(since.map(({ purpose }) => purpose));
  return decidedConsents(all.filter(({ purpose }) => spokenOf.has(purpose)));
}

function partedSet(before: readonly string[], after: readonly string[], now: readonly string[]): string[] {
  const isUnmoved = (value: string) => after.includes(value) === now.includes(value);
  return [
    ...before.filter((value) => isUnmoved(value) || now.includes(value)),
    ...now.filter((value) => !before.includes(value) && !isUnmoved(value)),
  ];
}

type Attributes = Profile["attributes"];

function partedAttributes(before: Attributes, after: Attributes, now: Attributes): Attributes {
  const parted: Record<string, AttributeValue> = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const value = isSameValue(after[key], now[key]) ? before[key] : now[key];
    if (value !== undefined) parted[key] = value;
  }
  return parted;
}

function unique(statements: readonly ConsentStatement[]): ConsentStatement[] {
  return [...new Map(statements.map((statement) => [statementKey(statement), statement])).values()];
}
