import { z } from "zod";
import { recordAudit } from "../../audit/server/record";
import type { Database, Transaction } from "../../server/database";
import type { Person } from "../../server/prisma/client";
import { passwordMatches } from "./password";
import { signInLimits } from "./sign-in-limits";

const credentialsSchema = z.object({
  email: z
    .string()
    .trim()
    .max(254)
    .transform((email) => email.toLowerCase()),
  password: z.string().min(1).max(1_000),
});

/** "disabled" and "single-sign-on" are said only to who knew the password. */
export type PasswordRefusal = "wrong" | "too-many-attempts" | "disabled" | "single-sign-on";
export type SignInOutcome = { readonly person: Person } | { readonly refused: PasswordRefusal };

type PasswordInput = {
  readonly credentials: unknown;
  readonly address: string;
  readonly now: Date;
  /** The identity provider whose people come in through it alone, where there is one. */
  readonly issuer?: string | undefined;
};

/** By e-mail and password. Every outcome is recorded, but not one by one what the limits turn away. */
export async function signInByPassword(
  db: Database,
  input: PasswordInput,
  limits = signInLimits(),
): Promise<SignInOutcome> {
  const credentials = credentialsSchema.safeParse(input.credentials);
  if (!credentials.success) return { refused: "wrong" };
  const attempt = { email: credentials.data.email, address: input.address };
  if (!(await limits.admit(attempt))) return { refused: "too-many-attempts" };
  const person = await db.person.findUnique({ where: { email: credentials.data.email } });
  const matches = await passwordMatches(person?.passwordHash ?? null, credentials.data.password);
  const refused = person && matches ? refusalOf(person, input.issuer) : "wrong";
  if (person === null || refused !== null) {
    const reason = refused ?? "wrong";
    await db.$transaction((tx) =>
      recordSignIn(tx, person, "person.sign-in-refused", { by: "password", reason }, input.now),
    );
    return { refused: reason };
  }
  await limits.forget(attempt);
  await db.$transaction((tx) => recordSignIn(tx, person, "person.signed-in", { by: "password" }, input.now));
  return { person };
}

/** A password would outlive what the identity provider ends, so whoever is linked to it does not come in by one. */
function refusalOf({ disabledAt, subject }: Person, issuer: string | undefined): PasswordRefusal | null {
  if (disabledAt !== null) return "disabled";
  return issuer !== undefined && subject?.startsWith(`${issuer}|`) ? "single-sign-on" : null;
}

export async function recordSignIn(
  tx: Transaction,
  person: Person | null,
  action: "person.signed-in" | "person.sign-in-refused",
  after: { readonly by: "password" | "single sign-on"; readonly reason?: string },
  now: Date,
): Promise<void> {
  const actor = { id: person?.id ?? null, name: person?.name ?? "unknown", via: "session" };
  const subject = { type: "person", id: person?.id ?? "unknown", name: person?.name };
  await recordAudit(tx, { actor, now }, { action, subject, after });
}
