import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { toPersonSummary } from "../../access/server/person-summary";
import { recordAudit } from "../../audit/server/record";
import { DomainError, notFound } from "../../errors";
import { notify } from "../../notices/server/notify";
import { tellWebhooks } from "../../notices/server/tell-webhooks";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import type { Prisma } from "../../server/prisma/client";
import { storedJson } from "../../server/stored-json";
import { type addCommentSchema, anchorSchema, type Comment } from "../comment-contract";
import { requireVersion, type VersionRow } from "./version-row";

const commentParts = { person: true } as const satisfies Prisma.CommentInclude;
type CommentRow = Prisma.CommentGetPayload<{ include: typeof commentParts }>;

/** Oldest first, over all rounds of the version's review. */
export async function listComments(ctx: Context, { id }: { id: string }): Promise<{ items: Comment[] }> {
  requirePermission(ctx.actor, "segment.read");
  await requireVersion(ctx.db, id);
  const rows = await ctx.db.comment.findMany({
    where: { versionId: id },
    include: commentParts,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return { items: rows.map(toComment) };
}

export type AddCommentInput = z.output<typeof addCommentSchema> & { readonly id: string };

/** Begins a thread, at a place of the document or about the whole, or answers in one. What is said stays as it is. */
export async function addComment(ctx: Context, input: AddCommentInput): Promise<{ comment: Comment }> {
  requirePermission(ctx.actor, "comment.write");
  return ctx.db.$transaction(async (tx) => {
    const version = await requireVersion(tx, input.id);
    const parent = "parentId" in input ? await requireThread(tx, version.id, input.parentId) : null;
    const anchor = "anchor" in input ? input.anchor : undefined;
    const { id } = await tx.comment.create({
      data: {
        ...{ versionId: version.id, parentId: parent?.id ?? null, personId: ctx.actor.id, body: input.body },
        ...(anchor && { anchor: storedJson(anchor) }),
        contentHash: version.contentHash,
        createdAt: ctx.now,
      },
    });
    await tellOfComment(tx, ctx, { version, body: input.body, threadId: parent?.id ?? id });
    const { segment, number } = version;
    await recordAudit(tx, ctx, {
      action: "comment.added",
      subject: { type: "segment", id: segment.key, name: segment.name },
      after: { version: number, comment: id, thread: parent?.id ?? id, body: input.body, place: anchor?.path ?? null },
    });
    return { comment: toComment(await tx.comment.findUniqueOrThrow({ where: { id }, include: commentParts })) };
  });
}

/** Settles a thread, or opens it again. */
export async function resolveComment(
  ctx: Context,
  { id, resolved }: { readonly id: string; readonly resolved: boolean },
): Promise<{ comment: Comment }> {
  requirePermission(ctx.actor, "comment.write");
  return ctx.db.$transaction(async (tx) => {
    const found = await tx.comment.findUnique({ where: { id } });
    if (!found) throw notFound("comment", id);
    const thread = await requireThread(tx, found.versionId, id);
    const { segment, number } = await requireVersion(tx, found.versionId);
    const data = resolved
      ? { resolvedAt: ctx.now, resolvedBy: ctx.actor.name }
      : { resolvedAt: null, resolvedBy: null };
    const row = await tx.comment.update({ where: { id: thread.id }, data, include: commentParts });
    await recordAudit(tx, ctx, {
      action: resolved ? "comment.resolved" : "comment.reopened",
      subject: { type: "segment", id: segment.key, name: segment.name },
      after: { version: number, comment: id },
    });
    return { comment: toComment(row) };
  });
}

async function requireThread(tx: Transaction, versionId: string, id: string) {
  const thread = await tx.comment.findFirst({ where: { id, versionId } });
  if (!thread) throw notFound("comment", id);
  if (thread.parentId === null) return thread;
  throw new DomainError("invalid", "That comment answers another: name the one that begins the thread.", {
    reason: "not-a-thread",
    detail: { thread: thread.parentId },
  });
}

type Said = { readonly version: VersionRow; readonly body: string; readonly threadId: string };

/** Who wrote the version, and who has spoken in the thread. */
async function tellOfComment(tx: Transaction, ctx: Context, { version, body, threadId }: Said): Promise<void> {
  const { id, number, segment } = version;
  const inThread = await tx.comment.findMany({
    where: { OR: [{ id: threadId }, { parentId: threadId }] },
    select: { personId: true },
  });
  const people = [...inThread, ...version.contributions].map(({ personId }) => personId);
  await notify(tx, ctx, {
    to: [...new Set([version.authorId, ...people])],
    kind: "comment.added",
    title: `${ctx.actor.name} commented on ${segment.name} v${number}`,
    body,
    href: `/reviews/${id}#comment-${threadId}`,
  });
  await tellWebhooks(tx, ctx, {
    event: "comment.added",
    data: { segment: segment.key, version: number, thread: threadId },
  });
}

function toComment(row: CommentRow): Comment {
  const { id, parentId, body, contentHash, resolvedBy } = row;
  return {
    ...{ id, parentId, body, contentHash, resolvedBy },
    person: toPersonSummary(row.person),
    anchor: row.anchor === null ? null : anchorSchema.parse(row.anchor),
    createdAt: row.createdAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
  };
}
