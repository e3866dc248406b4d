import { DomainError } from "../../errors";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import { Prisma } from "../../server/prisma/client";
import { storedJson } from "../../server/stored-json";
import { refuse } from "../../versions/refusal";
import { isSameState } from "../change-kind";
import { type ChangeKind, rulesOf } from "../change-kinds";
import { refusalOfProposal } from "../change-rules";
import type { Change, ProposeChangeInput } from "../contract";
import { applyChange, lockForApplying } from "./apply-change";
import { changeItem, loadEverybody } from "./change-item";
import { type ChangeRow, changeParts, toChangeRow } from "./change-row";
import { rowsOf } from "./stored-kinds";
import { tellOfChange } from "./tell-of-change";

/**
 * What another person is to decide on. Throws invalid for what it could not become, and conflict where a proposal for
 * it waits already. What the command line proposes while there is no active admin is applied at once: there is nobody
 * who could.
 */
export async function proposeChange(ctx: Context, input: ProposeChangeInput): Promise<{ change: Change }> {
  refuse(refusalOfProposal(ctx.actor, input.kind));
  const after = parsedState(input.kind, input.after);
  const row = await ctx.db.$transaction(async (tx) => {
    const rows = rowsOf(input.kind);
    const alone = await decidesAlone(tx, ctx);
    const reviews = alone ? await lockForApplying(tx, input.kind, input.subjectId) : [];
    if (!alone) await rows.lock(tx, input.subjectId);
    const { name, state } = await rows.find(tx, input.subjectId);
    await rows.check(tx, input.subjectId, after);
    await requireNews(tx, input, { state, after });
    const change = await createChange(tx, ctx, { ...input, before: state, after, name: state === null ? null : name });
    if (alone) return applyChange(tx, ctx, change, { decidedById: null, comment: "", reviews });
    await tellOfChange(tx, ctx, change);
    return change;
  });
  return { change: await changeItem(ctx, row, await loadEverybody(ctx)) };
}

function parsedState(kind: ChangeKind, after: unknown): object {
  const parsed = rulesOf(kind).schema.safeParse(after);
  if (parsed.success) return parsed.data as object;
  throw new DomainError("invalid", `What it is to become is not as ${rulesOf(kind).noun.toLowerCase()} must be.`, {
    reason: "invalid-input",
    findings: parsed.error.issues.map(({ code, path, message }) => ({
      ...{ code: `shape-${code}`, severity: "blocking", message, resolution: message },
      path: path.join("."),
    })),
  });
}

type States = { readonly state: unknown; readonly after: object };

async function requireNews(tx: Transaction, { kind, subjectId }: ProposeChangeInput, { state, after }: States) {
  if (isSameState(state, after)) {
    throw new DomainError("invalid", "It is so already: nothing would change.", { reason: "nothing-changes" });
  }
  const open = await tx.change.findFirst({ where: { kind, subjectId, state: "open" } });
  if (!open) return;
  throw new DomainError(
    "conflict",
    `Change ${open.number} of it waits for a decision: decide on it or withdraw it first.`,
    { reason: "change-waits", detail: { id: open.id, number: open.number } },
  );
}

type NewChange = ProposeChangeInput & {
  readonly before: unknown;
  readonly after: object;
  readonly name: string | null;
};

async function createChange(tx: Transaction, ctx: Context, input: NewChange): Promise<ChangeRow> {
  const { kind, subjectId, before, after, reason } = input;
  const { actor, now } = ctx;
  const named = "name" in after && typeof after.name === "string" ? after.name : subjectId;
  const row = await tx.change.create({
    data: {
      ...{ kind, subjectId, subjectName: input.name ?? named, reason, createdAt: now },
      before: before === null ? Prisma.DbNull : storedJson(before as object),
      after: storedJson(after),
      authorId: actor.via === "command line" ? null : actor.id,
      authorName: actor.name,
    },
    include: changeParts,
  });
  return toChangeRow(row);
}

/** Whoever makes the first person of an installation has nobody to ask. */
async function decidesAlone(tx: Transaction, { actor }: Context): Promise<boolean> {
  if (actor.via !== "command line") return false;
  return (await tx.person.count({ where: { roles: { has: "admin" }, disabledAt: null } })) === 0;
}
