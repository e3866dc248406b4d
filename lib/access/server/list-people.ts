import type { Context } from "../../server/context";
import type { PersonList } from "../contract";
import { can, requirePermission } from "../permissions";

/** Whom a segment can belong to and who may approve it; disabled people only for those who administer them. */
export async function listPeople(ctx: Context): Promise<PersonList> {
  requirePermission(ctx.actor, "segment.read");
  const [people, teams] = await Promise.all([
    ctx.db.person.findMany({
      where: can(ctx.actor, "people.read") ? {} : { disabledAt: null },
      orderBy: [{ name: "asc" }, { id: "asc" }],
    }),
    ctx.db.team.findMany({ orderBy: { name: "asc" }, select: { key: true, name: true } }),
  ]);
  return {
    items: people.map(({ id, name, email, teamKey, roles, disabledAt }) => ({
      id,
      name,
      email,
      team: teamKey,
      roles,
      disabledAt: disabledAt?.toISOString() ?? null,
    })),
    teams,
  };
}
