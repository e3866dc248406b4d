import type { AttributeValue, Profile } from "../../../lib/rules/definition";
import { dayMilliseconds } from "../calendar";

/**
 * The customer as they were known at a past instant (milliseconds), or null before they signed up. The last order
 * that lies after it gives way to the one before, by the customer's own rhythm; contracts run a year at a time.
 */
export function profileAsOf(profile: Profile, instant: number): Profile | null {
  const { attributes } = profile;
  const signedUp = instantOf(attributes.signed_up_at) ?? Number.NEGATIVE_INFINITY;
  if (signedUp > instant) return null;
  const changes: Record<string, number | undefined> = {};
  for (const key of movingAttributes) {
    const last = lastBefore(profile, key, instant);
    if (last !== attributes[key]) changes[key] = last === undefined || last >= signedUp ? last : firstOf(key, signedUp);
  }
  const contractEnd = instantOf(attributes.contract_ends_at);
  const later = contractEnd === undefined ? 0 : laterTerms(contractEnd, instant);
  if (contractEnd !== undefined && later > 0) changes.contract_ends_at = contractEnd - later * year;
  return Object.keys(changes).length === 0 ? profile : { ...profile, attributes: changed(attributes, changes) };
}

/** Who signs up is seen that day, and has neither ordered nor changed the device. */
function firstOf(key: MovingAttribute, signedUp: number): number | undefined {
  return key === "last_seen_at" ? signedUp : undefined;
}

function changed(attributes: Profile["attributes"], changes: Readonly<Record<string, number | undefined>>) {
  const then: Record<string, AttributeValue> = {};
  for (const key in attributes) {
    const value = key in changes ? changes[key] : attributes[key];
    if (value !== undefined) then[key] = value;
  }
  return then;
}

/** When between the two instants (the later included) the customer signed up, ordered, renewed or came back. */
export function movesBetween(profile: Profile, from: number, to: number): number[] {
  const moves: number[] = [];
  const signedUp = instantOf(profile.attributes.signed_up_at);
  if (signedUp !== undefined && signedUp > from) moves.push(signedUp);
  for (const key of movingAttributes) addRepeats(moves, profile.attributes[key], rhythm(profile, key), from);
  const contractEnd = instantOf(profile.attributes.contract_ends_at);
  if (contractEnd !== undefined) addRepeats(moves, contractEnd - year - renewalLead, year, from);
  return moves.filter((at) => at <= to);
}

function addRepeats(moves: number[], last: AttributeValue | undefined, every: number, from: number): void {
  for (let at = instantOf(last) ?? from; at > from; at -= every) moves.push(at);
}

const year = 365 * dayMilliseconds;
/** A contract is signed again a month before it ends. */
const renewalLead = 30 * dayMilliseconds;
const movingAttributes = ["last_order_at", "last_seen_at", "new_device_at"] as const;
type MovingAttribute = (typeof movingAttributes)[number];

function lastBefore(profile: Profile, key: MovingAttribute, instant: number): number | undefined {
  const last = instantOf(profile.attributes[key]);
  if (last === undefined || last <= instant) return last;
  const every = rhythm(profile, key);
  return last - Math.ceil((last - instant) / every) * every;
}

/** Milliseconds from one to the next. */
function rhythm({ attributes }: Profile, key: MovingAttribute): number {
  return rhythmDays(key, attributes.orders_90d) * dayMilliseconds;
}

function rhythmDays(key: MovingAttribute, orders90d: AttributeValue | undefined): number {
  if (key === "last_seen_at") return 120;
  if (key === "new_device_at") return 300;
  return typeof orders90d === "number" && orders90d > 0 ? Math.max(28, Math.round(90 / orders90d)) : 75;
}

/** How many terms were signed after the instant. */
function laterTerms(contractEnd: number, instant: number): number {
  return Math.max(0, Math.ceil((contractEnd - instant - year - renewalLead) / year));
}

function instantOf(value: AttributeValue | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}
