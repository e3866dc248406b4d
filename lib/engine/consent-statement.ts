import { DomainError } from "../errors";
import type { Profile } from "../rules/definition";
import { isInstant } from "../rules/instant";
import { type ConsentState, type ConsentStatement, consentStates } from "./customer-records";
import { storableText } from "./storable-profile";

/** By purpose, what a customer's statements come to. */
export type DecidedConsents = ReadonlyMap<string, ConsentState>;

const order = consentStates satisfies readonly ConsentState[];

/** Of one customer's statements on each purpose the latest decides; of several at one instant the strictest. */
export function decidedConsents(statements: readonly ConsentStatement[]): DecidedConsents {
  const deciding = new Map<string, ConsentStatement>();
  for (const statement of statements) {
    const other = deciding.get(statement.purpose);
    if (!other || outweighs(statement, other)) deciding.set(statement.purpose, statement);
  }
  return new Map([...deciding].map(([purpose, { state }]) => [purpose, state]));
}

function outweighs(one: ConsentStatement, other: ConsentStatement): boolean {
  return one.at > other.at || (one.at === other.at && order.indexOf(one.state) > order.indexOf(other.state));
}

/** Purposes without a statement stay as they are: what stands of them was told without one. */
export function withConsents<P extends Pick<Profile, "consents" | "objections">>(
  profile: P,
  decided: DecidedConsents,
): P {
  const undecided = (purposes: readonly string[]) => purposes.filter((purpose) => !decided.has(purpose));
  const inState = (wanted: ConsentState) =>
    [...decided].flatMap(([purpose, state]) => (state === wanted ? [purpose] : []));
  return {
    ...profile,
    consents: [...undecided(profile.consents), ...inState("granted")],
    objections: [...undecided(profile.objections), ...inState("objected")],
  };
}

/** Two statements with the same text are one. */
export function statementKey({ customerId, purpose, state, at, source, text }: ConsentStatement): string {
  return JSON.stringify([customerId, purpose, state, at, source, text ?? null]);
}

/** From customer, purpose, state, instant, source and version of the text, as both storages give them. */
export function statementOfCells([customer, purpose, state, at, source, text]: readonly unknown[]): ConsentStatement {
  const known = consentStates.find((each) => each === state);
  if (known === undefined) throw new Error(`A statement is stored with the state "${String(state)}".`);
  const about = { customerId: String(customer), purpose: String(purpose), state: known };
  return { ...about, at: Number(at), source: String(source), ...(typeof text === "string" ? { text } : {}) };
}

/** The statement as it is stored. Throws invalid for misfits. */
export function storableStatement(statement: ConsentStatement): ConsentStatement {
  const { customerId, purpose, at, source, text } = statement;
  const texts = [customerId, purpose, source, text ?? ""];
  const fault = texts.some((each) => !each.isWellFormed())
    ? "it holds text that is not Unicode."
    : customerId === "" || purpose === ""
      ? "it names no customer or no purpose."
      : isInstant(at)
        ? undefined
        : "its instant is not in whole milliseconds, or beyond the calendar.";
  if (fault !== undefined)
    throw new DomainError("invalid", `A statement of customer "${customerId}" cannot be stored: ${fault}`, {
      reason: "unstorable-consent",
    });
  const version = storableText(text ?? "");
  const { state } = statement;
  return {
    customerId,
    purpose,
    state,
    at: at + 0,
    source: storableText(source),
    ...(version === "" ? {} : { text: version }),
  };
}
