import { type AuditRecord, recordAudit } from "../../audit/server/record";
import { type Database, isUniqueViolation, type Transaction } from "../../server/database";
import type { Person } from "../../server/prisma/client";
import type { SignOnSettings } from "../../server/settings";
import { type IdentityClaims, readIdentityClaims } from "../identity-claims";
import {
  decideSignOn,
  type KnownPerson,
  type PersonChanges,
  type SignOnDecision,
  type SignOnRefusal,
} from "../sign-on";
import { ensureTeam } from "./ensure-team";
import { recordSignIn } from "./sign-in";

type SignOnInput = { readonly oidc: SignOnSettings; readonly claims: unknown; readonly now: Date };
type Settling = SignOnInput & { readonly read: IdentityClaims };

export type SignOnOutcome = { readonly person: Person } | { readonly refused: SignOnRefusal };

/**
 * Who comes in with what the identity provider says of them, and what that changes of the person, in one transaction.
 * `claims` are those of an ID token that has been verified.
 */
export async function signInBySubject(db: Database, input: SignOnInput): Promise<SignOnOutcome> {
  const read = readIdentityClaims(input.claims, { groups: input.oidc.groupsClaim, team: input.oidc.teamClaim });
  if (!read) {
    await db.$transaction((tx) => recordRefused(tx, null, "unusable-answer", input.now));
    return { refused: "unusable-answer" };
  }
  const settle = () => db.$transaction((tx) => settleSignIn(tx, { ...input, read }));
  return settle().catch((error) => {
    // Somebody else took the e-mail meanwhile: what is there now decides.
    if (!isUniqueViolation(error)) throw error;
    return settle();
  });
}

/** "issuer|sub", by which a person is known. */
export function subjectOf(issuer: string, sub: string): string {
  return `${issuer}|${sub}`;
}

async function settleSignIn(tx: Transaction, input: Settling): Promise<SignOnOutcome> {
  const { oidc, read, now } = input;
  const subject = subjectOf(oidc.issuer, read.sub);
  await lockSubject(tx, subject);
  const decision = decideSignOn({
    ...{ claims: read, subject, groupRoles: oidc.groupRoles, trustsEmail: oidc.trustsEmail },
    linked: await tx.person.findMany({ where: { subject }, orderBy: { createdAt: "asc" } }),
    named: read.email === null ? null : await tx.person.findUnique({ where: { email: read.email } }),
  });
  const person = await applyDecision(tx, decision, input);
  if (decision.refused !== null || person === null) {
    const refused = decision.refused ?? "unknown";
    await recordRefused(tx, person, refused, now);
    return { refused };
  }
  await recordSignIn(tx, person, "person.signed-in", { by: "single sign-on" }, now);
  return { person };
}

/** Sign-ins of one subject take turns, so that two first ones make one person. */
async function lockSubject(tx: Transaction, subject: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${subject}, 0))`;
}

async function applyDecision(tx: Transaction, decision: SignOnDecision, input: Settling): Promise<Person | null> {
  const { person, changes, refused } = decision;
  const { teamKey = null, email } = changes;
  await ensureTeam(tx, teamKey);
  if (person) return changePerson(tx, person, changes, input);
  return refused === null && email ? makePerson(tx, { ...changes, email }, input) : null;
}

async function changePerson(tx: Transaction, person: KnownPerson, changes: PersonChanges, input: Settling) {
  const changed = await tx.person.update({ where: { id: person.id }, data: changes });
  for (const entry of entriesOf(person, changes, input.oidc.issuer)) {
    await recordByProvider(tx, input.now, { ...entry, subject: subjectEntry(changed) });
  }
  return changed;
}

async function makePerson(tx: Transaction, changes: PersonChanges & { readonly email: string }, input: Settling) {
  const name = input.read.name ?? changes.email;
  const made = await tx.person.create({ data: { ...changes, name, createdAt: input.now } });
  const { roles, rolesFromGroups, teamKey: team } = made;
  const after = { roles, rolesFromGroups, team, issuer: input.oidc.issuer };
  await recordByProvider(tx, input.now, { action: "person.created", subject: subjectEntry(made), after });
  return made;
}

/** One entry for each thing that the provider's word changed of a person. */
function entriesOf(person: KnownPerson, changes: PersonChanges, issuer: string): Omit<AuditRecord, "subject">[] {
  const { email, roles, rolesFromGroups, teamKey } = person;
  const entries: Omit<AuditRecord, "subject">[] = [];
  if (changes.subject) entries.push({ action: "person.linked", after: { issuer } });
  if (changes.email) {
    entries.push({ action: "person.email-changed", before: { email }, after: { email: changes.email } });
  }
  if (changes.rolesFromGroups !== undefined) {
    const after = { roles: changes.roles ?? roles, rolesFromGroups: changes.rolesFromGroups };
    entries.push({ action: "person.roles-from-groups", before: { roles, rolesFromGroups }, after });
  }
  if (changes.teamKey) {
    entries.push({ action: "person.team-changed", before: { team: teamKey }, after: { team: changes.teamKey } });
  }
  return entries;
}

function subjectEntry({ id, name }: Person) {
  return { type: "person", id, name };
}

/** What the provider's word changed is not recorded as done by the person it is about. */
function recordByProvider(tx: Transaction, now: Date, entry: AuditRecord): Promise<void> {
  return recordAudit(tx, { actor: { id: null, name: "Identity provider", via: "single sign-on" }, now }, entry);
}

function recordRefused(tx: Transaction, person: Person | null, reason: SignOnRefusal, now: Date): Promise<void> {
  return recordSignIn(tx, person, "person.sign-in-refused", { by: "single sign-on", reason }, now);
}
