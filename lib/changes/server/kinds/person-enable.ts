import { DomainError } from "../../../errors";
import { personEnableSchema } from "../../kinds/person-enable";
import { storedKind } from "../stored-kind";
import { lockPerson, requirePerson } from "./person-row";

export const storedPersonEnableKind = storedKind({
  schema: personEnableSchema,
  resettles: true,
  lock: lockPerson,
  async find(db, id) {
    const { name, disabledAt } = await requirePerson(db, id);
    return { name, state: { enabled: disabledAt === null } };
  },
  async check(_tx, _id, { enabled }) {
    if (enabled) return;
    throw new DomainError("invalid", "A person is disabled at once, without a second one.", {
      reason: "disable-at-once",
    });
  },
  apply: (tx, _ctx, { subjectId: id }) => tx.person.update({ where: { id }, data: { disabledAt: null } }),
});
