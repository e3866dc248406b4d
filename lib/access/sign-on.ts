import { type GroupRoles, rolesOfGroups } from "./group-roles";
import type { IdentityClaims } from "./identity-claims";
import type { Role } from "./permissions";

export const signOnRefusals = [
  "unusable-answer",
  "email-unverified",
  "no-email",
  "email-of-another",
  "disabled",
  "no-role",
  "unknown",
] as const;
export type SignOnRefusal = (typeof signOnRefusals)[number];

export type KnownPerson = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly rolesFromGroups: boolean;
  readonly teamKey: string | null;
  readonly subject: string | null;
  readonly disabledAt: Date | null;
};

/** What a sign-in changes of a person; what is absent stays. */
export type PersonChanges = {
  readonly subject?: string;
  readonly email?: string;
  readonly roles?: Role[];
  readonly rolesFromGroups?: boolean;
  readonly teamKey?: string;
};

/** `person` is null where nobody is known: then `changes` makes them, unless refused. Changes hold for the refused too. */
export type SignOnDecision = {
  readonly person: KnownPerson | null;
  readonly changes: PersonChanges;
  readonly refused: SignOnRefusal | null;
};

export type SignOnFacts = {
  readonly claims: IdentityClaims;
  /** "issuer|sub": what names a person from the first sign-in on, whatever becomes of the e-mail. */
  readonly subject: string;
  /** Who is linked to the subject, the earliest first. */
  readonly linked: readonly KnownPerson[];
  /** Who has the e-mail here. */
  readonly named: KnownPerson | null;
  /** Absent where Steward gives the roles. */
  readonly groupRoles?: GroupRoles | undefined;
  /** Whether the provider vouches for e-mails of which it does not say that they are verified. */
  readonly trustsEmail: boolean;
};

/** Who comes in at a sign-in through the identity provider, and what it changes of them. */
export function decideSignOn(facts: SignOnFacts): SignOnDecision {
  const { claims, linked, named } = facts;
  if (claims.emailVerified === false) return refuse("email-unverified");
  const known = linked.find(({ email }) => email === claims.email) ?? linked.find(isActive) ?? linked[0];
  if (known)
    return known.disabledAt === null ? admit(facts, known, movedEmail(facts, known)) : refuse("disabled", known);
  if (claims.email === null) return refuse("no-email");
  if (!isVerified(facts)) return refuse("email-unverified");
  if (!named) return admitNew(facts, claims.email);
  if (named.subject !== null) return refuse("email-of-another");
  if (named.disabledAt !== null) return refuse("disabled", named);
  return admit(facts, named, { subject: facts.subject });
}

function refuse(refused: SignOnRefusal, person: KnownPerson | null = null): SignOnDecision {
  return { person, changes: {}, refused };
}

function admit(facts: SignOnFacts, person: KnownPerson, changes: PersonChanges): SignOnDecision {
  const given = { ...changes, ...fromGroups(facts, person), ...teamOf(facts, person) };
  const holds = given.roles ?? person.roles;
  return { person, changes: given, refused: holds.length === 0 ? "no-role" : null };
}

/** Somebody new comes in where a group gives them a role; else a person has to be made for them first. */
function admitNew({ claims, subject, groupRoles }: SignOnFacts, email: string): SignOnDecision {
  if (!groupRoles) return refuse("unknown");
  const roles = rolesOfGroups(groupRoles, claims.groups);
  if (roles.length === 0) return refuse("no-role");
  const team = claims.team === null ? {} : { teamKey: claims.team };
  return { person: null, changes: { subject, email, roles, rolesFromGroups: true, ...team }, refused: null };
}

/** Groups that give something give exactly that; once they gave a role, they also take it. */
function fromGroups({ claims, groupRoles }: SignOnFacts, person: KnownPerson): PersonChanges {
  if (!groupRoles) return person.rolesFromGroups ? { rolesFromGroups: false } : {};
  const roles = rolesOfGroups(groupRoles, claims.groups);
  if (roles.length === 0 && !person.rolesFromGroups) return {};
  const same =
    person.rolesFromGroups &&
    roles.length === person.roles.length &&
    roles.every((role) => person.roles.includes(role));
  return same ? {} : { roles, rolesFromGroups: true };
}

function teamOf({ claims, groupRoles }: SignOnFacts, person: KnownPerson): PersonChanges {
  return groupRoles && claims.team !== null && claims.team !== person.teamKey ? { teamKey: claims.team } : {};
}

function movedEmail(facts: SignOnFacts, person: KnownPerson): PersonChanges {
  const { email } = facts.claims;
  const moves = email !== null && email !== person.email && facts.named === null && isVerified(facts);
  return moves ? { email } : {};
}

function isVerified({ claims, trustsEmail }: SignOnFacts): boolean {
  return claims.emailVerified ?? trustsEmail;
}

function isActive({ disabledAt }: KnownPerson): boolean {
  return disabledAt === null;
}
