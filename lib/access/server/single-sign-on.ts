import { z } from "zod";
import { recordAudit } from "../../audit/server/record";
import type { Database } from "../../server/database";
import type { Person } from "../../server/prisma/client";
import { recordSignIn } from "./sign-in";

const claimsSchema = z.object({
  sub: z.string().min(1),
  email: z.string().trim().toLowerCase().optional(),
  email_verified: z.boolean().optional(),
});

/**
 * The person whom the identity provider speaks of, or null. The e-mail names them and the subject is kept at the first
 * sign-in; from then on another subject with the same e-mail is refused, and a changed e-mail still finds them.
 */
export async function signInBySubject(
  db: Database,
  input: { issuer: string; claims: unknown; now: Date },
): Promise<Person | null> {
  const claims = claimsSchema.safeParse(input.claims);
  const person = claims.success ? await findBySubject(db, input, claims.data) : null;
  const allowed = person !== null && person.disabledAt === null;
  await recordSignIn(db, person, allowed ? "person.signed-in" : "person.sign-in-refused", "single sign-on", input.now);
  return allowed ? person : null;
}

async function findBySubject(
  db: Database,
  { issuer, now }: { issuer: string; now: Date },
  claims: z.output<typeof claimsSchema>,
): Promise<Person | null> {
  const subject = `${issuer}|${claims.sub}`;
  const known = await db.person.findMany({ where: { subject }, orderBy: { createdAt: "asc" } });
  const first = known.find(({ email }) => email === claims.email) ?? known.find((each) => each.disabledAt === null);
  if (first) return first;
  if (!claims.email || claims.email_verified === false) return null;
  const named = await db.person.findUnique({ where: { email: claims.email } });
  if (!named || named.subject !== null || named.disabledAt !== null) return null;
  return db.$transaction(async (tx) => {
    const linked = await tx.person.updateMany({ where: { id: named.id, subject: null }, data: { subject } });
    if (linked.count === 0) return null;
    const actor = { id: named.id, name: named.name, via: "session" };
    await recordAudit(
      tx,
      { actor, now },
      {
        action: "person.linked",
        subject: { type: "person", id: named.id, name: named.name },
        after: { issuer },
      },
    );
    return { ...named, subject };
  });
}
