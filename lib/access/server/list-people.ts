import type { Context } from "../../server/context";
import type { PersonList } from "../contract";
import { can, requirePermission } from "../permissions";
import { toPersonSummary } from "./person-summary";

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
    items: people.map((person) => ({
      ...toPersonSummary(person),
      roles: person.roles,
      rolesFromGroups: person.rolesFromGroups,
      disabledAt: person.disabledAt?.toISOString() ?? null,
      sameSubjectAs: people
        .filter(({ id, subject }) => id !== person.id && subject !== null && subject === person.subject)
        .map(({ email }) => email),
    })),
    teams,
  };
}
