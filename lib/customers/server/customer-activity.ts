import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { customerSubject } from "../../audit/server/customer-subject";
import { recordAudit } from "../../audit/server/record";
import { loadCatalogue } from "../../catalogue/server/load-catalogue";
import type { Engine } from "../../engine/engine";
import { loadEventTypes } from "../../events/server/load-event-types";
import type { Context } from "../../server/context";
import type { customerActivitySchema } from "../contract";
import { type IdentityEngine, listIdentities } from "./identities";

const shownEvents = 50;

/** What names the customer, what they did last and what they said. The look is recorded before anything is answered. */
export async function customerActivity(
  ctx: Context,
  id: string,
  engine: IdentityEngine & Pick<Engine, "eventsOf" | "consentsOf">,
): Promise<z.input<typeof customerActivitySchema>> {
  requirePermission(ctx.actor, "customer.read");
  const { customer, items: identities } = await listIdentities(ctx, id, engine);
  const [catalogue, types, events, consents] = await Promise.all([
    loadCatalogue(ctx.db),
    loadEventTypes(ctx.db),
    engine.eventsOf(customer, { limit: shownEvents }),
    engine.consentsOf(customer),
  ]);
  const subject = { type: "customer", id: await customerSubject(ctx.db, customer) };
  const after = { part: "activity" };
  await ctx.db.$transaction((tx) => recordAudit(tx, ctx, { action: "customer.looked-up", subject, after }));
  return {
    identities,
    events: events.map(({ id: event, type, at, properties }) => ({
      ...{ id: event, type, name: types.get(type)?.name ?? type, at: new Date(at).toISOString(), properties },
    })),
    consents: consents.map(({ purpose, state, at, source, text }) => ({
      ...{ purpose, name: catalogue.purposes.get(purpose)?.name ?? purpose, state },
      ...{ at: new Date(at).toISOString(), source, text: text ?? null },
    })),
  };
}
