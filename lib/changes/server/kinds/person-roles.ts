import { lockActiveAdmins, requireAnotherAdmin } from "../../../access/server/active-admins";
import { ensureTeam } from "../../../access/server/ensure-team";
import { DomainError } from "../../../errors";
import { personRolesSchema } from "../../kinds/person-roles";
import { storedKind } from "../stored-kind";
import { lockPerson, requirePerson } from "./person-row";

export const storedPersonRolesKind = storedKind({
  schema: personRolesSchema,
  resettles: true,
  lock: lockPerson,
  async find(db, id) {
    const { name, roles, teamKey } = await requirePerson(db, id);
    return { name, state: personRolesSchema.parse({ roles, team: teamKey }) };
  },
  async check(tx, id) {
    const { name, rolesFromGroups } = await requirePerson(tx, id);
    if (!rolesFromGroups) return;
    throw new DomainError("conflict", `The identity provider's groups give ${name} their roles: change them there.`, {
      reason: "roles-from-groups",
    });
  },
  async apply(tx, _ctx, { subjectId: id, after: { roles, team } }) {
    const person = await requirePerson(tx, id);
    if (!roles.includes("admin")) requireAnotherAdmin(await lockActiveAdmins(tx), person);
    await ensureTeam(tx, team);
    await tx.person.update({ where: { id }, data: { roles, teamKey: team } });
  },
});
