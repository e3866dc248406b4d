import type { Engine } from "../../lib/engine/engine";
import { createEventType } from "../../lib/events/server/create-event-type";
import { defineAttribute } from "../../lib/events/server/define-attribute";
import type { Profile } from "../../lib/rules/definition";
import type { Context } from "../../lib/server/context";
import type { Database } from "../../lib/server/database";
import type { Calendar } from "./calendar";
import { type Cast, requireActor } from "./create-people";
import { customerEvents } from "./customers/customer-events";
import { demoComputed, demoEventTypes } from "./events";
import type { Moment } from "./populate";

/** When the system that keeps orders and visits was connected. */
const connectedDaysAgo = 8.6;

type Store = Pick<Engine, "addEventTypes" | "appendEvents" | "addAttributes" | "refresh">;

/** Event types, what happened since, and the attributes that follow from it. */
export function eventMoments(
  db: Database,
  engine: Store,
  cast: Cast,
  { calendar, customers }: { readonly calendar: Calendar; readonly customers: readonly Profile[] },
): Moment[] {
  const at = calendar.daysAgo(connectedDaysAgo);
  const run = async () => {
    const ctx: Context = { db, actor: requireActor(cast, "admin"), now: new Date(at) };
    for (const eventType of demoEventTypes) await createEventType(ctx, eventType, engine);
    await engine.appendEvents(customers.flatMap((customer) => customerEvents(customer, calendar)));
    for (const attribute of demoComputed) await defineAttribute(ctx, attribute, engine);
  };
  return [{ at, run }];
}
