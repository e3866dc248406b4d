import { createHash } from "node:crypto";
import { z } from "zod";
import { recordAudit } from "../../audit/server/record";
import { DomainError } from "../../errors";
import type { Database, Transaction } from "../../server/database";
import type { SignOnSettings } from "../../server/settings";
import { subjectOf } from "./single-sign-on";
import { type LogoutToken, logoutTokenSeconds } from "./verify-logout-token";

const seenKey = "logout-tokens-seen";
/** The hash of each token's id, and when it was issued, in milliseconds since 1970. */
const seenSchema = z.record(z.string(), z.int());

/**
 * Ends every session of the subject that a verified logout token names: those begun until now are refused from here
 * on. A token counts once; again it is refused, and ends nothing that began meanwhile.
 */
export async function endSessionsOfSubject(
  db: Database,
  { oidc, token, now }: { oidc: SignOnSettings; token: LogoutToken; now: Date },
): Promise<void> {
  await db.$transaction(async (tx) => {
    await rememberToken(tx, token, now);
    const where = { subject: subjectOf(oidc.issuer, token.sub) };
    const people = await tx.person.findMany({ where, orderBy: { id: "asc" } });
    await tx.person.updateMany({ where, data: { sessionsEndedAt: now } });
    for (const { id, name } of people) {
      const actor = { id: null, name: "Identity provider", via: "single sign-on" };
      const subject = { type: "person", id, name };
      await recordAudit(tx, { actor, now }, { action: "person.sessions-ended", subject, after: { by: "provider" } });
    }
  });
}

/** One row, held until the transaction ends: each token once, and only while it would be taken at all. */
async function rememberToken(tx: Transaction, { jti, issuedAt }: LogoutToken, now: Date): Promise<void> {
  await tx.setting.createMany({ data: [{ key: seenKey, value: {} }], skipDuplicates: true });
  const [row] = await tx.$queryRaw<{ value: unknown }[]>`
    SELECT "value" FROM "Setting" WHERE "key" = ${seenKey} FOR UPDATE`;
  const seen = Object.entries(seenSchema.parse(row?.value));
  const name = createHash("sha256").update(jti).digest("hex");
  if (seen.some(([each]) => each === name)) {
    throw new DomainError("invalid", "This logout token was seen before.", { reason: "logout-token" });
  }
  const forgottenBefore = now.getTime() - 2 * logoutTokenSeconds * 1000;
  const kept = [...seen, [name, issuedAt.getTime()] as const].filter(([, at]) => at >= forgottenBefore);
  await tx.setting.update({ where: { key: seenKey }, data: { value: Object.fromEntries(kept) } });
}
