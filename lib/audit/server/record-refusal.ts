import type { DomainError } from "../../errors";
import type { Context } from "../../server/context";
import { processSingleton } from "../../server/process-singleton";
import { customerSubject } from "./customer-subject";
import { recordAudit } from "./record";

export type RefusedCall = {
  readonly method: string;
  /** As in OpenAPI: "/api/v1/segments/{key}". */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
};

const onceInMs = 60_000;
const rememberedAtMost = 5_000;
const lastRecorded = processSingleton<Map<string, number>>("the refusals recorded lately");

/**
 * Records that somebody tried what they may not. The same refusal of the same person counts once a minute, so that
 * a page which asks again and again does not fill the record.
 */
export async function recordRefusal(ctx: Context, call: RefusedCall, error: DomainError): Promise<void> {
  if (error.code !== "forbidden") return;
  const params = call.path.startsWith("/api/v1/customers/") ? await hashed(ctx, call.params) : call.params;
  const subject = { type: "call", id: `${call.method} ${call.path}` };
  const known = lastRecorded.find() ?? new Map<string, number>();
  lastRecorded.set(known);
  const name = JSON.stringify([ctx.actor.id, subject.id, params, error.reason]);
  if (ctx.now.getTime() - (known.get(name) ?? 0) < onceInMs) return;
  if (known.size >= rememberedAtMost) known.clear();
  known.set(name, ctx.now.getTime());
  const after = { reason: error.reason, params };
  await ctx.db.$transaction((tx) => recordAudit(tx, ctx, { action: "call.refused", subject, after }));
}

async function hashed(ctx: Context, params: RefusedCall["params"]): Promise<RefusedCall["params"]> {
  const entries = Object.entries(params).map(async ([name, value]) => [name, await customerSubject(ctx.db, value)]);
  return Object.fromEntries(await Promise.all(entries));
}
