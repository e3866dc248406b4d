import type { Job } from "../../jobs/job";
import type { Database } from "../../server/database";
import { log } from "../../server/log";
import { mailOf } from "../mail-of";
import { claimSeconds, mostTries } from "../retry-waits";
import { type Mailer, MailServerAway } from "./mailer";

type Mailing = {
  readonly mailer: Mailer;
  /** Where the console is, for links. */
  readonly address: string;
};

type Claimed = { id: string; personId: string; title: string; href: string; mailTries: number };

const dayMs = 86_400_000;
const atOnce = 50;

/**
 * Mails what nobody has read yet: one mail for all that is due for a person. A notice that could not be mailed within
 * a day of its time stays in the inbox only. A mail may come twice if the process ends between sending and noting it.
 */
export function noticeMail({ mailer, address }: Mailing): Job {
  return async (db, now) => {
    for (;;) {
      const claimed = await claimOnePerson(db, now);
      const [first] = claimed;
      if (!first) return;
      const ids = claimed.map(({ id }) => id);
      const { name, email } = await db.person.findUniqueOrThrow({ where: { id: first.personId } });
      try {
        await mailer.send({ name, address: email }, mailOf(name, claimed, address));
        await db.notice.updateMany({ where: { id: { in: ids } }, data: { mail: "delivered" } });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        log.warn({ reason, person: first.personId, notices: ids.length }, "a mail could not be sent");
        await giveUp(db, claimed);
        if (error instanceof MailServerAway) return;
      }
    }
  };
}

/** Due notices of one person, put off to their next try: whoever looks meanwhile finds others. */
async function claimOnePerson(db: Database, now: Date): Promise<Claimed[]> {
  const oldest = new Date(now.getTime() - dayMs);
  const claimed = await db.$queryRaw<Claimed[]>`
    WITH "due" AS MATERIALIZED (
      SELECT n."id", n."personId", n."mailAt" FROM "Notice" n JOIN "Person" p ON p."id" = n."personId"
      WHERE n."mail" = 'pending' AND n."mailAt" <= ${now} AND n."mailAt" > ${oldest}
        AND n."readAt" IS NULL AND p."mailNotices" AND p."disabledAt" IS NULL
      ORDER BY n."mailAt", n."id"
      FOR UPDATE OF n SKIP LOCKED),
    "next" AS (SELECT "personId" FROM "due" ORDER BY "mailAt", "id" LIMIT 1)
    UPDATE "Notice" SET
      "mailTries" = "mailTries" + 1,
      "mailAt" = ${now}::timestamptz + (${claimSeconds}::int[])[LEAST("mailTries" + 1, ${mostTries})] * interval '1 second'
    WHERE "id" IN (SELECT "id" FROM "due" JOIN "next" USING ("personId") ORDER BY "mailAt" LIMIT ${atOnce})
    RETURNING "id", "personId", "title", "href", "mailTries"`;
  return claimed.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function giveUp(db: Database, claimed: readonly Claimed[]): Promise<void> {
  const ids = claimed.filter(({ mailTries }) => mailTries >= mostTries).map(({ id }) => id);
  if (ids.length > 0) await db.notice.updateMany({ where: { id: { in: ids } }, data: { mail: "failed" } });
}
