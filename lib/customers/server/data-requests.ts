import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { customerSubject } from "../../audit/server/customer-subject";
import { recordAudit } from "../../audit/server/record";
import type { Engine } from "../../engine/engine";
import { DomainError, notFound } from "../../errors";
import { wake } from "../../jobs/wake";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import type { DataRequest } from "../../server/prisma/client";
import type { openRequestSchema, requestedSchema, requestListSchema, settleRequestSchema } from "../request-contract";
import { byUrgency, dueAt } from "../request-order";
import { currentId } from "./find-customer";
import { requestItems } from "./request-row";

export type OpenRequestInput = z.output<typeof openRequestSchema>;
type Requested = z.input<typeof requestedSchema>;

const listedAtMost = 500;

export async function listRequests(ctx: Context): Promise<z.input<typeof requestListSchema>> {
  requirePermission(ctx.actor, "customer.write");
  const rows = await ctx.db.dataRequest.findMany({
    orderBy: [{ state: "asc" }, { dueAt: "asc" }, { number: "asc" }],
    take: listedAtMost,
  });
  return { items: await requestItems(ctx, rows.toSorted(byUrgency)), total: await ctx.db.dataRequest.count() };
}

export async function getRequest(ctx: Context, id: string): Promise<Requested> {
  requirePermission(ctx.actor, "customer.write");
  return answer(ctx, await requireRequest(ctx.db, id));
}

/**
 * An access request is answered by a person, who is given the document. An erasure is carried out by a job as soon as it
 * is open: of everybody whom the customer was merged with too, each by a request of their own. One that is open already
 * is given back as it is.
 */
export async function openRequest(
  ctx: Context,
  input: OpenRequestInput,
  engine: Pick<Engine, "get" | "mergedInto" | "traces">,
): Promise<Requested> {
  requirePermission(ctx.actor, "customer.write");
  const customer = await currentId(engine, input.customer);
  if (!(await isKept(customer, engine))) throw notFound("customer", input.customer);
  const opened = await ctx.db.$transaction(async (tx) => {
    const ids = input.kind === "erasure" ? await sameCustomer(tx, customer) : [customer];
    const rows: DataRequest[] = [];
    for (const id of ids) rows.push(await openFor(tx, ctx, input, id));
    if (input.kind === "erasure") await wake(tx, "erasures");
    return rows[0];
  });
  if (!opened) throw new Error("No request was opened.");
  return answer(ctx, opened);
}

/** Also of who has no profile: events and statements may come before it. */
async function isKept(customer: string, engine: Pick<Engine, "get" | "traces">): Promise<boolean> {
  if (await engine.get(customer)) return true;
  return Object.values(await engine.traces([customer])).some((rows) => rows > 0);
}

/** Of an access request: it has been answered, or refused with the reason in the note. An erasure ends by itself. */
export async function settleRequest(
  ctx: Context,
  { id, state, note }: z.output<typeof settleRequestSchema> & { readonly id: string },
): Promise<Requested> {
  requirePermission(ctx.actor, "customer.write");
  const settled = await ctx.db.$transaction(async (tx) => {
    const request = await requireRequest(tx, id);
    if (request.kind === "erasure")
      throw new DomainError("conflict", "An erasure is carried out at once and ends by itself.", {
        reason: "erasure-runs",
      });
    if (state === "refused" && note === "")
      throw new DomainError("invalid", "Say in the note why it is refused.", { reason: "missing-note" });
    const data = { state, note: note || request.note, settledById: ctx.actor.id, settledAt: ctx.now };
    const { count } = await tx.dataRequest.updateMany({ where: { id, state: "open" }, data });
    if (count === 0)
      throw new DomainError("conflict", "The request has been settled already.", { reason: "request-settled" });
    const subject = { type: "customer", id: request.customerHash };
    await recordAudit(tx, ctx, {
      ...{ action: `data-request.${state}`, subject },
      after: { request: request.number, kind: request.kind, note },
    });
    return requireRequest(tx, id);
  });
  return answer(ctx, settled);
}

async function openFor(tx: Transaction, ctx: Context, input: OpenRequestInput, id: string): Promise<DataRequest> {
  const { kind, note } = input;
  const customerHash = await customerSubject(ctx.db, id);
  const open = await tx.dataRequest.findFirst({ where: { kind, customerHash, state: "open" } });
  if (open) return open;
  const receivedAt = input.receivedAt === undefined ? ctx.now : new Date(input.receivedAt);
  const row = await tx.dataRequest.create({
    data: {
      ...{ kind, note, customerId: id, customerHash, receivedAt },
      ...{ dueAt: dueAt(receivedAt), createdById: ctx.actor.id },
    },
  });
  const subject = { type: "customer", id: customerHash };
  const after = { request: row.number, kind, dueAt: row.dueAt.toISOString() };
  await recordAudit(tx, ctx, { action: "data-request.opened", subject, after });
  return row;
}

/** The customer first, then everybody who was merged into them, by whichever way. */
async function sameCustomer(tx: Transaction, customer: string): Promise<string[]> {
  const ids = [customer];
  for (const id of ids) {
    const merged = await tx.customerMerge.findMany({ where: { intoId: id, undoneAt: null }, select: { fromId: true } });
    ids.push(...merged.map(({ fromId }) => fromId).filter((from) => !ids.includes(from)));
  }
  return ids;
}

async function requireRequest(db: Transaction, id: string): Promise<DataRequest> {
  const row = await db.dataRequest.findUnique({ where: { id } });
  if (!row) throw notFound("request", id);
  return row;
}

async function answer(ctx: Context, row: DataRequest): Promise<Requested> {
  const [request] = await requestItems(ctx, [row]);
  if (!request) throw new Error("A request has no words.");
  return { request };
}
