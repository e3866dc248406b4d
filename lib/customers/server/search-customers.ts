import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { Engine } from "../../engine/engine";
import { notFound } from "../../errors";
import type { Context } from "../../server/context";
import type { customerSearchSchema } from "../contract";
import { readIdentifier } from "../identity-value";
import { findCustomer } from "./find-customer";
import { loadNamespaces } from "./namespaces";

const shownAtMost = 20;

/**
 * Ids that start with what is asked for, code point by code point, and how many customers there are in all. What is
 * written as an identifier, "email:a@b.example", finds whom it names, first of all.
 */
export async function searchCustomers(
  ctx: Context,
  query: string,
  engine: Pick<Engine, "findIds" | "population" | "findByIdentity" | "get">,
): Promise<z.input<typeof customerSearchSchema>> {
  requirePermission(ctx.actor, "customer.read");
  const prefix = query.trim();
  const [named, ids, population] = await Promise.all([
    findNamed(ctx, prefix, engine),
    engine.findIds(prefix, shownAtMost),
    engine.population(),
  ]);
  return { items: [...new Set([...named, ...ids])].map((id) => ({ id })), population };
}

/** Nobody, where it is no identifier of a namespace that there is. */
async function findNamed(
  ctx: Context,
  text: string,
  engine: Pick<Engine, "findByIdentity" | "get">,
): Promise<string[]> {
  const given = readIdentifier(text);
  const kept = given && (await loadNamespaces(ctx.db)).get(given.namespace)?.(given.value);
  const id = kept ? await engine.findByIdentity(given.namespace, kept) : null;
  return id !== null && (await engine.get(id)) ? [id] : [];
}

/** The one customer whom an identifier names, in the same form. Throws not-found for one who is not known. */
export async function searchByIdentifier(
  ctx: Context,
  identifier: string,
  engine: Pick<Engine, "findByIdentity" | "population" | "get">,
): Promise<z.input<typeof customerSearchSchema>> {
  requirePermission(ctx.actor, "customer.read");
  const id = await findCustomer(ctx.db, engine, identifier);
  if (!(await engine.get(id))) throw notFound("customer with the identifier", identifier);
  return { items: [{ id }], population: await engine.population() };
}
