import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { DomainError, notFound } from "../../errors";
import { lockSegment, requireSegment } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { Database, Transaction } from "../../server/database";
import type * as rows from "../../server/prisma/client";
import { isWaivableCode, longestWaiverMs } from "../waiver";
import type { GrantWaiverInput, WaiverItem, waiverListSchema } from "../waiver-contract";
import { isAmong, writersOf } from "./standing-waivers";

export async function listWaivers(ctx: Context, segment: string): Promise<z.input<typeof waiverListSchema>> {
  requirePermission(ctx.actor, "segment.read");
  await requireSegment(ctx.db, segment);
  const found = await ctx.db.waiver.findMany({ where: { segmentKey: segment }, orderBy: { grantedAt: "desc" } });
  return { items: await waiverItems(ctx.db, found) };
}

/** Somebody answers for a finding of a segment until a day; nobody who writes on the segment does. */
export async function grantWaiver(ctx: Context, input: GrantWaiverInput): Promise<{ waiver: WaiverItem }> {
  requirePermission(ctx.actor, "guard.write");
  const { segment, findingCode, path, reason } = input;
  const until = new Date(input.until);
  requireWaivable(findingCode);
  requireWithinYear(until, ctx.now);
  const waiver = await ctx.db.$transaction(async (tx) => {
    const { key, name } = await lockSegment(tx, segment);
    await requireNoWriter(tx, ctx, key);
    await requireFirst(tx, ctx, input);
    const granted = await tx.waiver.create({
      data: { segmentKey: key, findingCode, path, reason, until, grantedById: ctx.actor.id, grantedAt: ctx.now },
    });
    await recordAudit(tx, ctx, {
      action: "waiver.granted",
      subject: { type: "segment", id: key, name },
      after: { waiver: granted.id, findingCode, path, reason, until: input.until },
    });
    return granted;
  });
  return { waiver: await waiverItem(ctx.db, waiver) };
}

/** The finding blocks again at once; ending twice is no error. */
export async function endWaiver(ctx: Context, id: string): Promise<{ waiver: WaiverItem }> {
  requirePermission(ctx.actor, "guard.write");
  const waiver = await ctx.db.$transaction(async (tx) => {
    const found = await tx.waiver.findUnique({ where: { id } });
    if (!found) throw notFound("waiver", id);
    const ended = { endedById: ctx.actor.id, endedAt: ctx.now };
    const { count } = await tx.waiver.updateMany({ where: { id, endedAt: null }, data: ended });
    if (count === 0) return found;
    const { segmentKey, findingCode, path, reason } = found;
    const { name } = await requireSegment(tx, segmentKey);
    await recordAudit(tx, ctx, {
      action: "waiver.ended",
      subject: { type: "segment", id: segmentKey, name },
      before: { waiver: id, findingCode, path, reason, until: found.until.toISOString() },
    });
    return { ...found, ...ended };
  });
  return { waiver: await waiverItem(ctx.db, waiver) };
}

function requireWaivable(code: string): void {
  if (isWaivableCode(code)) return;
  const message = `"${code}" is not waived: only what a label policy refuses is, as "label-refused:no-health-data".`;
  throw new DomainError("invalid", message, { reason: "not-waivable" });
}

function requireWithinYear(until: Date, now: Date): void {
  const ahead = until.getTime() - now.getTime();
  if (ahead > 0 && ahead <= longestWaiverMs) return;
  throw new DomainError("invalid", "A waiver ends after now and within a year.", { reason: "unfit-end" });
}

async function requireNoWriter(tx: Transaction, { actor }: Context, segment: string): Promise<void> {
  const me = await tx.person.findUnique({ where: { id: actor.id }, select: { id: true, subject: true } });
  if (me && !isAmong(me, await writersOf(tx, segment))) return;
  const message = me ? "You wrote on this segment: somebody else answers for it." : "A person answers for a finding.";
  throw new DomainError("forbidden", message, { reason: me ? "author" : "no-person" });
}

async function requireFirst(tx: Transaction, { now }: Context, input: GrantWaiverInput): Promise<void> {
  const { segment: segmentKey, findingCode, path } = input;
  const standing = { segmentKey, findingCode, path, endedAt: null, until: { gt: now } };
  if ((await tx.waiver.count({ where: standing })) === 0) return;
  const message = "This finding is waived already: end that waiver first.";
  throw new DomainError("conflict", message, { reason: "waived-already" });
}

async function waiverItem(db: Database, row: rows.Waiver): Promise<WaiverItem> {
  const [item] = await waiverItems(db, [row]);
  if (!item) throw notFound("waiver", row.id);
  return item;
}

async function waiverItems(db: Database, found: readonly rows.Waiver[]): Promise<WaiverItem[]> {
  const ids = found.flatMap(({ grantedById, endedById }) => [grantedById, ...(endedById ? [endedById] : [])]);
  const people = await db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return found.map(({ id, segmentKey: segment, findingCode, path, reason, ...row }) => ({
    ...{ id, segment, findingCode, path, reason },
    until: row.until.toISOString(),
    grantedBy: names.get(row.grantedById) ?? row.grantedById,
    grantedAt: row.grantedAt.toISOString(),
    ended:
      row.endedAt && row.endedById
        ? { by: names.get(row.endedById) ?? row.endedById, at: row.endedAt.toISOString() }
        : null,
  }));
}
