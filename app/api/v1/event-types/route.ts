import { getEngine } from "@/lib/engine/server/engine-instance";
import { createEventTypeOperation, listEventTypesOperation } from "@/lib/events/operations";
import { createEventType } from "@/lib/events/server/create-event-type";
import { listEventTypes } from "@/lib/events/server/list-event-types";
import { route } from "@/lib/http/route";

export const GET = route(listEventTypesOperation, (ctx) => listEventTypes(ctx));
export const POST = route(createEventTypeOperation, (ctx, { body }) => createEventType(ctx, body, getEngine()));
