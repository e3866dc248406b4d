import type { Actor } from "../../lib/access/actor";
import { hashPassword } from "../../lib/access/server/password";
import { recordAudit } from "../../lib/audit/server/record";
import type { Database } from "../../lib/server/database";
import { type DemoPersonKey, demoPassword, demoPeople, demoPersonKeys, demoTeams, emailOf } from "./people";

/** Those who act in what follows. */
export type Cast = ReadonlyMap<DemoPersonKey, Actor>;

export async function createPeople(db: Database, now: Date): Promise<Cast> {
  await db.team.createMany({ data: Object.entries(demoTeams).map(([key, name]) => ({ key, name })) });
  // One hash for all: everybody can read the password here.
  const passwordHash = await hashPassword(demoPassword);
  const cast = new Map<DemoPersonKey, Actor>();
  for (const key of demoPersonKeys) {
    const { name, team, roles } = demoPeople[key];
    const email = emailOf(key);
    const id = await db.$transaction(async (tx) => {
      const person = await tx.person.create({
        data: { email, name, roles: [...roles], teamKey: team, passwordHash, createdAt: now },
      });
      await recordAudit(
        tx,
        { now, actor: { id: null, name: "Demo data", via: "system" } },
        {
          action: "person.created",
          subject: { type: "person", id: person.id, name },
          after: { roles, team },
        },
      );
      return person.id;
    });
    cast.set(key, { id, email, name, team, roles, via: "session" });
  }
  return cast;
}

export function requireActor(cast: Cast, key: DemoPersonKey): Actor {
  const actor = cast.get(key);
  if (!actor) throw new Error(`Nobody plays ${key}.`);
  return actor;
}
