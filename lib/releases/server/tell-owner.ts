import type { AuditContext } from "../../audit/server/record";
import { type NewNotice, notify } from "../../notices/server/notify";
import type { SegmentDocument } from "../../segments/document";
import type { Transaction } from "../../server/database";

type Told = Omit<NewNotice, "to" | "href">;

/** Tells the person who owns the segment, if the document names somebody who has an account. */
export async function tellOwner(
  tx: Transaction,
  ctx: AuditContext,
  { key, owner }: Pick<SegmentDocument, "key" | "owner">,
  told: Told,
): Promise<void> {
  await notify(tx, ctx, { ...told, to: await ownerOf(tx, owner), href: `/segments/${key}` });
}

/** Ids of people: one, or none. */
export async function ownerOf(tx: Transaction, owner: SegmentDocument["owner"]): Promise<string[]> {
  if (!owner) return [];
  const email = { equals: owner.person, mode: "insensitive" } as const;
  const people = await tx.person.findMany({ where: { email, disabledAt: null }, select: { id: true } });
  return people.map(({ id }) => id);
}
