import { z } from "zod";
import { recordAudit } from "../../audit/server/record";
import type { Database } from "../../server/database";
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

export type SignInOutcome = { readonly person: Person } | { readonly refused: "wrong" | "too-many-attempts" };

/** By e-mail and password. Every outcome is recorded, but not one by one what the limits turn away. */
export async function signInByPassword(
  db: Database,
  input: { credentials: unknown; address: string; now: Date },
  limits = signInLimits(),
): Promise<SignInOutcome> {
  const credentials = credentialsSchema.safeParse(input.credentials);
  if (!credentials.success) return { refused: "wrong" };
  const attempt = { email: credentials.data.email, address: input.address };
  if (!(await limits.admit(attempt))) return { refused: "too-many-attempts" };
  const person = await db.person.findUnique({ where: { email: credentials.data.email } });
  const matches = await passwordMatches(person?.passwordHash ?? null, credentials.data.password);
  if (!person || !matches || person.disabledAt !== null) {
    await recordSignIn(db, person, "person.sign-in-refused", "password", input.now);
    return { refused: "wrong" };
  }
  await limits.forget(attempt);
  await recordSignIn(db, person, "person.signed-in", "password", input.now);
  return { person };
}

export async function recordSignIn(
  db: Database,
  person: Person | null,
  action: "person.signed-in" | "person.sign-in-refused",
  by: "password" | "single sign-on",
  now: Date,
): Promise<void> {
  const actor = { id: person?.id ?? null, name: person?.name ?? "unknown", via: "session" };
  const subject = { type: "person", id: person?.id ?? "unknown", name: person?.name };
  await db.$transaction((tx) => recordAudit(tx, { actor, now }, { action, subject, after: { by } }));
}
