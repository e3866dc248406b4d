import type { z } from "zod";
import { can, requirePermission } from "../../access/permissions";
import { customerSubject } from "../../audit/server/customer-subject";
import { recordAudit } from "../../audit/server/record";
import type { EventType } from "../../catalogue/definition";
import { isPersonal } from "../../catalogue/personal";
import { loadCatalogue } from "../../catalogue/server/load-catalogue";
import type { Engine } from "../../engine/engine";
import { loadEventTypes } from "../../events/server/load-event-types";
import type { Context } from "../../server/context";
import { type Access, viewerWith } from "../access-purpose";
import type { customerActivitySchema } from "../contract";
import { type IdentityEngine, listIdentities } from "./identities";

const shownEvents = 50;

export type CustomerActivityInput = {
  readonly id: string;
  /** What personal values are needed for; without it they are covered for everybody. */
  readonly access: Access | null;
};

/** What names the customer, what they did last and what they said. The look is recorded before anything is answered. */
export async function customerActivity(
  ctx: Context,
  { id, access }: CustomerActivityInput,
  engine: IdentityEngine & Pick<Engine, "eventsOf" | "consentsOf">,
): Promise<z.input<typeof customerActivitySchema>> {
  requirePermission(ctx.actor, "customer.read");
  const { customer, items: identities } = await listIdentities(ctx, id, engine, access);
  const [catalogue, types, events, consents] = await Promise.all([
    loadCatalogue(ctx.db),
    loadEventTypes(ctx.db),
    engine.eventsOf(customer, { limit: shownEvents }),
    engine.consentsOf(customer),
  ]);
  const subject = { type: "customer", id: await customerSubject(ctx.db, customer) };
  const after = { part: "activity", ...(access ? { access } : {}) };
  const isCovered = coverFor(ctx, access, types);
  await ctx.db.$transaction((tx) => recordAudit(tx, ctx, { action: "customer.looked-up", subject, after }));
  return {
    identities,
    events: events.map(({ id: event, type, at, properties }) => ({
      ...{ id: event, type, name: types.get(type)?.name ?? type, at: new Date(at).toISOString() },
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, isCovered(type, key, value) ? null : value]),
      ),
    })),
    consents: consents.map(({ purpose, state, at, source, text }) => ({
      ...{ purpose, name: catalogue.purposes.get(purpose)?.name ?? purpose, state },
      ...{ at: new Date(at).toISOString(), source, text: text ?? null },
    })),
  };
}

/** Of an event's properties those that are labelled so, or look like what they are. */
function coverFor({ actor }: Context, access: Access | null, types: ReadonlyMap<string, EventType>) {
  const unmasked = can(viewerWith(actor, access), "customer.unmask");
  return (type: string, key: string, value: unknown): boolean => {
    const labels = types.get(type)?.properties.find((property) => property.key === key)?.labels ?? [];
    return !unmasked && isPersonal({ key, labels }, value);
  };
}
