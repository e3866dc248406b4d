import type { z } from "zod";
import type { NewPerson } from "../../access/contract";
import { createPerson } from "../../access/server/create-person";
import { toPersonSummary } from "../../access/server/person-summary";
import type { Context } from "../../server/context";
import type { addedPersonSchema } from "../contract";
import { proposeChange } from "./propose-change";

/**
 * Adds a person who may do nothing yet, and proposes their roles: to give those takes two. The first person of an
 * installation, made on the command line, has theirs at once.
 */
export async function addPerson(
  ctx: Context,
  { roles, reason, ...account }: NewPerson,
): Promise<z.input<typeof addedPersonSchema>> {
  const { person, password } = await createPerson(ctx, account);
  const { change } = await proposeChange(ctx, {
    ...{ kind: "person-roles", subjectId: person.id },
    after: { roles, team: person.teamKey },
    reason: reason || `The roles of ${person.name}, who was added.`,
  });
  return { person: toPersonSummary(person), password, change };
}
