import type { Actor } from "../access/actor";
import { can, type Permission, type Role } from "../access/permissions";
import type { Refusal } from "../versions/refusal";
import { type ChangeKind, rulesOf } from "./change-kinds";

export const changeStates = ["open", "applied", "rejected", "withdrawn"] as const;
export type ChangeState = (typeof changeStates)[number];

/** A person as the database knows them; two accounts of one sign-on subject are one person. */
export type Decider = {
  readonly id: string;
  readonly subject: string | null;
  readonly roles: readonly Role[];
  readonly disabled: boolean;
};

type Someone = Pick<Decider, "id" | "subject">;

export type ProposedChange = {
  readonly kind: ChangeKind;
  readonly state: ChangeState;
  /** Null for what the command line or the installation proposed. */
  readonly author: Someone | null;
  /** Whom the change is about, where it is about a person. */
  readonly about: Someone | null;
};

/** Why the one who asks cannot propose a change of this kind, or null. The command line proposes as nobody. */
export function refusalOfProposal(actor: Pick<Actor, "roles" | "via">, kind: ChangeKind): Refusal | null {
  if (actor.via === "system") return noPerson("proposed");
  return holdsAny(actor, rulesOf(kind).proposedBy) ? null : lacksRight;
}

/**
 * Why the one who asks cannot decide, or null. `decider` is the actor as the database knows them, if it does; `people`
 * are all there are, as others decide whether a stand-in is needed.
 */
export function refusalOfDecision(
  actor: Pick<Actor, "via">,
  decider: Decider | null,
  { change, people }: { readonly change: ProposedChange; readonly people: readonly Decider[] },
): Refusal | null {
  if (actor.via === "system" || actor.via === "command line" || decider === null) return noPerson("decided on");
  if (decider.disabled) return { code: "forbidden", reason: "disabled", message: "Your account is disabled." };
  const bar = barOf(decider, change);
  if (bar) return bar;
  if (!decidersOf(change, people).some(({ id }) => id === decider.id)) return lacksRight;
  return change.state === "open" ? null : settledRefusal(change.state);
}

/** Who may apply or reject a change now. */
export function decidersOf(change: ProposedChange, people: readonly Decider[]): readonly Decider[] {
  const { decidedBy, standIn } = rulesOf(change.kind);
  const free = people.filter((person) => !person.disabled && barOf(person, change) === null);
  const first = free.filter((person) => holdsAny(person, decidedBy));
  return first.length > 0 || standIn === undefined ? first : free.filter((person) => can(person, standIn));
}

/** Only who proposed it takes it back; what nobody in person proposed, the command line does. */
export function refusalOfWithdrawal(
  actor: Pick<Actor, "id" | "via">,
  { author, state }: Pick<ProposedChange, "author" | "state">,
): Refusal | null {
  const isOwn = author === null ? actor.via === "command line" : author.id === actor.id;
  if (!isOwn) return { code: "forbidden", reason: "not-yours", message: "Only who proposed a change withdraws it." };
  return state === "open" ? null : settledRefusal(state);
}

function barOf(person: Someone, { author, about }: Pick<ProposedChange, "author" | "about">): Refusal | null {
  if (author && author.id === person.id) return bars.author;
  if (author && isSameSubject(author, person)) return bars.sameSubject;
  return about && (about.id === person.id || isSameSubject(about, person)) ? bars.about : null;
}

function isSameSubject(one: Someone, other: Someone): boolean {
  return one.subject !== null && one.subject === other.subject;
}

const bars = {
  author: {
    code: "forbidden",
    reason: "own-change",
    message: "You proposed this change: somebody else decides on it.",
  },
  sameSubject: {
    code: "forbidden",
    reason: "same-subject",
    message: "Your sign-on is that of who proposed this change: somebody else decides on it.",
  },
  about: { code: "forbidden", reason: "about-you", message: "This change is about you: somebody else decides on it." },
} as const satisfies Record<string, Refusal>;

const lacksRight: Refusal = {
  code: "forbidden",
  reason: "missing-permission",
  message: "None of your roles may do this.",
};

function noPerson(done: string): Refusal {
  return { code: "forbidden", reason: "no-person", message: `A change is ${done} by a person.` };
}

export function settledRefusal(state: ChangeState): Refusal {
  return { code: "conflict", reason: "already-decided", message: `This change is ${state} already.` };
}

function holdsAny(person: { readonly roles: readonly Role[] }, permissions: readonly Permission[]): boolean {
  return permissions.some((permission) => can(person, permission));
}
