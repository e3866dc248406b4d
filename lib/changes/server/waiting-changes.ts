import type { z } from "zod";
import type { Database } from "../../server/database";
import type { ChangeKind } from "../change-kinds";
import type { changedBySchema, waitingSchema } from "../contract";

type Waiting = z.input<typeof waitingSchema>;
export type WaitingChanges = {
  /** Of something that is there. */
  pendingOf(key: string): Waiting[];
  /** Of what is not there yet. */
  proposedBeside(keys: readonly string[]): (Waiting & { readonly key: string; readonly name: string })[];
};

/** What is proposed of a kind and not decided yet, in the order in which it was proposed. */
export async function waitingChanges(db: Database, kind: ChangeKind): Promise<WaitingChanges> {
  const open = await db.change.findMany({ where: { kind, state: "open" }, orderBy: { number: "asc" } });
  const waiting = open.map(({ id, number, authorName: author, subjectId: key, subjectName: name }) => ({
    ...{ id, number, author, key, name },
  }));
  return {
    pendingOf: (of) =>
      waiting.filter(({ key }) => key === of).map(({ id, number, author }) => ({ id, number, author })),
    proposedBeside: (keys) => waiting.filter(({ key }) => !keys.includes(key)),
  };
}

/** Who made each of some things what it is, by the id of the change. */
export async function deciders(
  db: Database,
  changeIds: readonly string[],
): Promise<(changeId: string) => z.input<typeof changedBySchema>> {
  const made = await db.change.findMany({ where: { id: { in: [...changeIds] } }, include: { decidedBy: true } });
  const by = new Map(
    made.map(({ id, number, authorName: author, decidedBy }) => [
      id,
      { number, author, decidedBy: decidedBy?.name ?? null },
    ]),
  );
  return (changeId) => {
    const found = by.get(changeId);
    if (!found) throw new Error(`What change ${changeId} made is there, and the change is not.`);
    return found;
  };
}
