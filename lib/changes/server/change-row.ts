import { notFound } from "../../errors";
import type { Database, Transaction } from "../../server/database";
import type { Prisma } from "../../server/prisma/client";
import { hashOf } from "../../versions/review-basis";
import { type ChangeKind, changeKindNames, rulesOf } from "../change-kinds";
import type { ProposedChange } from "../change-rules";

export const changeParts = { author: true, decidedBy: true } as const satisfies Prisma.ChangeInclude;
export type ChangeRow = Prisma.ChangeGetPayload<{ include: typeof changeParts }> & { readonly kind: ChangeKind };

/** What the installation began with is no proposal of anybody's. */
export const proposedOnes = { id: { not: "installation" } } as const satisfies Prisma.ChangeWhereInput;

export async function requireChange(db: Database | Transaction, id: string): Promise<ChangeRow> {
  const row = await db.change.findUnique({ where: { id, NOT: { id: "installation" } }, include: changeParts });
  if (!row) throw notFound("change", id);
  return toChangeRow(row);
}

export function toChangeRow(row: Prisma.ChangeGetPayload<{ include: typeof changeParts }>): ChangeRow {
  const kind = changeKindNames.find((each) => each === row.kind);
  if (!kind) throw new Error(`A change of a kind that is not known: ${row.kind}.`);
  return { ...row, kind };
}

type Someone = { readonly id: string; readonly subject: string | null };

/** What decides whose decision it is: whom it is about counts by their sign-on too. */
export function proposedChange(row: ChangeRow, people: readonly Someone[]): ProposedChange {
  const { kind, state, author, subjectId } = row;
  const about = rulesOf(kind).aboutPerson ? (people.find(({ id }) => id === subjectId) ?? null) : null;
  return { kind, state, author, about };
}

/** Names what is proposed. */
export function seenName({ id, before, after }: Pick<ChangeRow, "id" | "before" | "after">): string {
  return hashOf({ id, before, after });
}
