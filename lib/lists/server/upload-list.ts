import { requirePermission } from "../../access/permissions";
import { customerSubject } from "../../audit/server/customer-subject";
import { requireNobodyErased } from "../../audit/server/erased-customers";
import { recordAudit } from "../../audit/server/record";
import { customerRounding, downToCell } from "../../catalogue/small-cells";
import { DomainError } from "../../errors";
import { wake } from "../../jobs/wake";
import type { Context } from "../../server/context";
import type { Database, Transaction } from "../../server/database";
import { storedJson } from "../../server/stored-json";
import { requireRoom, requireTerms, requireUpload } from "../accept-upload";
import { combine, differenceOf } from "../combine";
import type { UploadedList, UploadList } from "../contract";
import type { ListContent, UploadMode } from "../definition";
import { contentHashOf, contentOf, newestHeads, type VersionHead } from "./list-content";
import { requireListItem } from "./list-row";

export type UploadListInput = UploadList & { readonly key: string };

/**
 * Makes the next version of a list, if nobody did since `basedOn`. The same content again makes none; as that tells who
 * is on the list, it is recorded too.
 */
export async function uploadList(ctx: Context, input: UploadListInput): Promise<UploadedList> {
  requirePermission(ctx.actor, "segment.write");
  const { mode, basedOn } = requireTerms(input);
  const upload = requireUpload(input);
  await requireNobodyErased(
    ctx.db,
    upload.entries.map(({ customerId }) => customerId),
  );
  const round = customerRounding(ctx.actor);
  return ctx.db.$transaction(async (tx) => {
    await lockList(tx, input.key);
    const { name } = await requireListItem(tx, round, input.key);
    const subject = { type: "list", id: input.key, name };
    const before = (await newestHeads(tx, [input.key])).get(input.key);
    if ((before?.number ?? 0) !== basedOn) throw staleList(before?.number ?? 0);
    const held = before ? await contentOf(tx, before) : [];
    const content = combine(held, upload.entries, mode);
    requireRoom(content);
    const contentHash = contentHashOf(content);
    const changed = before?.contentHash !== contentHash && (before !== undefined || content.length > 0);
    const { entries, ...numbers } = upload;
    const answer = { changed, accepted: entries.length, ...numbers, rejects: [...numbers.rejects] };
    if (!changed) {
      const list = await requireListItem(tx, round, input.key);
      const after = { version: basedOn, mode, accepted: downToCell(entries.length) };
      await recordAudit(tx, ctx, { action: "list.uploaded-unchanged", subject, after });
      return { ...answer, list };
    }
    await insertVersion(tx, ctx, { ...input, mode, content, contentHash, number: basedOn + 1 });
    const list = await requireListItem(tx, round, input.key);
    await wake(tx, "recheck-reviews");
    const made = { number: basedOn + 1, size: content.length, contentHash };
    await recordAudit(tx, ctx, {
      ...{ action: "list.uploaded", subject },
      before: before ? await recorded(ctx.db, before) : null,
      after: {
        ...(await recorded(ctx.db, made)),
        ...{ mode, note: input.note ?? "", ...roundedDifference(held, content) },
      },
    });
    return { ...answer, list };
  });
}

/** Uploads to one list come one after another. */
async function lockList(tx: Transaction, key: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "ManagedList" WHERE "key" = ${key} FOR UPDATE`;
}

async function insertVersion(
  tx: Transaction,
  ctx: Context,
  version: UploadListInput & { mode: UploadMode; number: number; content: ListContent; contentHash: string },
): Promise<void> {
  const { key, number, mode, content, contentHash, note = "" } = version;
  await tx.managedListVersion.create({
    data: {
      ...{ listKey: key, number, mode, contentHash, note, size: content.length },
      entries: storedJson(content),
      createdById: ctx.actor.id,
      createdAt: ctx.now,
    },
    select: { number: true },
  });
}

/** The hash of a list of few is found by trying ids, so it is kept as ids are: under the installation's key. */
async function recorded(db: Database, { number, size, contentHash }: Omit<VersionHead, "listKey">) {
  return { version: number, size: downToCell(size), contentHash: await customerSubject(db, contentHash) };
}

function roundedDifference(before: ListContent, after: ListContent) {
  const { added, removed, changed } = differenceOf(before, after);
  return { added: downToCell(added), removed: downToCell(removed), changed: downToCell(changed) };
}

function staleList(current: number): DomainError {
  const message = `The list has version ${current} now: look at it again.`;
  return new DomainError("conflict", message, { reason: "stale-list", detail: { current } });
}
