import { toPersonSummary } from "../../access/server/person-summary";
import { isDomainError } from "../../errors";
import type { Context } from "../../server/context";
import { asPossible, type Refusal } from "../../versions/refusal";
import type { Reviewer } from "../../versions/review-policy";
import { isSameState } from "../change-kind";
import { rulesOf } from "../change-kinds";
import { decidersOf, refusalOfDecision, refusalOfWithdrawal } from "../change-rules";
import type { Change } from "../contract";
import { type ChangeRow, proposedChange, seenName } from "./change-row";
import { rowsOf } from "./stored-kinds";

export type Everybody = readonly (Reviewer & { readonly name: string; readonly email: string })[];

export async function loadEverybody({ db }: Pick<Context, "db">): Promise<Everybody> {
  const people = await db.person.findMany({ orderBy: [{ name: "asc" }, { id: "asc" }] });
  return people.map(({ id, name, email, subject, roles, teamKey, disabledAt }) => ({
    ...{ id, name, email, subject, roles, team: teamKey, disabled: disabledAt !== null },
  }));
}

/** A change as the one who asks sees it. */
export async function changeItem(ctx: Context, row: ChangeRow, people: Everybody): Promise<Change> {
  const { id, number, kind, before, after, state, author, decidedBy } = row;
  const change = proposedChange(row, people);
  const me = people.find((person) => person.id === ctx.actor.id) ?? null;
  const mine = refusalOfDecision(ctx.actor, me, { change, people });
  const isOpen = state === "open";
  const deciders = isOpen ? decidersOf(change, people) : [];
  return {
    ...{ id, number, kind, before, after, state },
    subject: { id: row.subjectId, name: row.subjectName },
    lines: rulesOf(kind).changedLines(before, after),
    reason: row.reason,
    author: { id: author?.id ?? null, name: row.authorName },
    createdAt: row.createdAt.toISOString(),
    decidedBy: decidedBy && toPersonSummary(decidedBy),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    comment: row.comment,
    seen: seenName(row),
    findings: isOpen ? await rowsOf(kind).warn(ctx.db, row.subjectId, after) : [],
    possible: {
      apply: asPossible(mine ?? (await refusalOfStale(ctx, row))),
      reject: asPossible(mine),
      withdraw: asPossible(refusalOfWithdrawal(ctx.actor, change)),
    },
    deciders: people
      .filter((person) => deciders.some((each) => each.id === person.id))
      .map(({ id: personId, name, email, team }) => ({ id: personId, name, email, team })),
  };
}

async function refusalOfStale({ db }: Context, { kind, subjectId, before }: ChangeRow): Promise<Refusal | null> {
  const found = await rowsOf(kind).find(db, subjectId).catch(asGone);
  return found && isSameState(found.state, before) ? null : changedSince;
}

function asGone(error: unknown): null {
  if (isDomainError(error) && error.code === "not-found") return null;
  throw error;
}

export const changedSince: Refusal = {
  code: "conflict",
  reason: "changed-since",
  message: "What it would change has changed since it was proposed: reject it, or have it proposed anew.",
};
