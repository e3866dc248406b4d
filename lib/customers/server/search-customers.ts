import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { Engine } from "../../engine/engine";
import { notFound } from "../../errors";
import type { Context } from "../../server/context";
import type { customerSearchSchema } from "../contract";
import { findCustomer } from "./find-customer";

const shownAtMost = 20;

/** Ids that start with what is asked for, code point by code point, and how many customers there are in all. */
export async function searchCustomers(
  ctx: Context,
  query: string,
  engine: Pick<Engine, "findIds" | "population">,
): Promise<z.input<typeof customerSearchSchema>> {
  requirePermission(ctx.actor, "customer.read");
  const prefix = query.trim();
  const [ids, population] = await Promise.all([engine.findIds(prefix, shownAtMost), engine.population()]);
  return { items: ids.map((id) => ({ id })), population };
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
