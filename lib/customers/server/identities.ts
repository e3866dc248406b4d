import type { z } from "zod";
import { can, requirePermission } from "../../access/permissions";
import { maskedText } from "../../audit/mask";
import { customerSubject } from "../../audit/server/customer-subject";
import { recordAudit } from "../../audit/server/record";
import { isPersonal } from "../../catalogue/personal";
import type { Identity } from "../../engine/customer-records";
import type { Engine } from "../../engine/engine";
import { DomainError, notFound } from "../../errors";
import type { Context } from "../../server/context";
import { type Access, viewerWith } from "../access-purpose";
import type { changeIdentitySchema, identityListSchema } from "../identity-contract";
import { currentId, requireKept } from "./find-customer";

export type IdentityEngine = Pick<Engine, "get" | "mergedInto" | "identitiesOf" | "link" | "unlink">;
export type ChangedIdentity = z.output<typeof changeIdentitySchema> & { readonly customerId: string };
type IdentityList = z.input<typeof identityListSchema>;

/** A value that looks like a person's address or number is covered, but for who may see it and says what for. */
export async function listIdentities(
  ctx: Context,
  id: string,
  engine: IdentityEngine,
  access: Access | null = null,
): Promise<IdentityList> {
  requirePermission(ctx.actor, "customer.read");
  return identitiesOf(ctx, await requireCustomer(engine, id), engine, access);
}

/** What names somebody else already is a conflict, and stays. */
export async function linkIdentity(
  ctx: Context,
  input: ChangedIdentity,
  engine: IdentityEngine,
): Promise<IdentityList> {
  requirePermission(ctx.actor, "customer.write");
  const customerId = await requireCustomer(engine, input.customerId);
  const identity = { namespace: input.namespace, value: await requireKept(ctx.db, input), customerId };
  // Recorded before it holds: the store has no transaction with the record.
  await record(ctx, "customer.identity-linked", identity, input.reason);
  const { taken } = await engine.link([identity]);
  if (taken.length > 0)
    throw new DomainError("conflict", "This names another customer. Unlink it there first, or merge the two.", {
      reason: "identity-taken",
    });
  return identitiesOf(ctx, customerId, engine);
}

export async function unlinkIdentity(
  ctx: Context,
  input: ChangedIdentity,
  engine: IdentityEngine,
): Promise<IdentityList> {
  requirePermission(ctx.actor, "customer.write");
  const customerId = await requireCustomer(engine, input.customerId);
  const known = (await engine.identitiesOf(customerId)).filter(({ namespace }) => namespace === input.namespace);
  const kept = known.find(({ value }) => value === input.value)?.value ?? (await requireKept(ctx.db, input));
  const identity = known.find(({ value }) => value === kept);
  if (!identity) throw notFound("identity of this customer in namespace", input.namespace);
  await record(ctx, "customer.identity-unlinked", identity, input.reason);
  await engine.unlink([identity]);
  return identitiesOf(ctx, customerId, engine);
}

async function requireCustomer(engine: Pick<Engine, "get" | "mergedInto">, id: string): Promise<string> {
  const current = await currentId(engine, id);
  if (!(await engine.get(current))) throw notFound("customer", id);
  return current;
}

async function identitiesOf(
  ctx: Context,
  customer: string,
  engine: IdentityEngine,
  access: Access | null = null,
): Promise<IdentityList> {
  const [rows, identities] = await Promise.all([ctx.db.identityNamespace.findMany(), engine.identitiesOf(customer)]);
  const namespaces = new Map(rows.map((row) => [row.key, row]));
  const unmasked = can(viewerWith(ctx.actor, access), "customer.unmask");
  const items = identities.map(({ namespace, value }) => {
    const { name = namespace, hashed = false } = namespaces.get(namespace) ?? {};
    const covered = !unmasked && !hashed && isPersonal({ key: "", labels: [] }, value);
    return { namespace, name, value: covered ? maskedText : value, hashed, covered };
  });
  return { customer, items };
}

async function record(
  ctx: Context,
  action: string,
  { namespace, value, customerId }: Identity,
  reason: string,
): Promise<void> {
  const subject = { type: "customer", id: await customerSubject(ctx.db, customerId) };
  const after = { namespace, value: await customerSubject(ctx.db, value), reason };
  await ctx.db.$transaction((tx) => recordAudit(tx, ctx, { action, subject, after }));
}
