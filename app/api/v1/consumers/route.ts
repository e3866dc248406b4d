import { createConsumerOperation, listConsumersOperation } from "@/lib/feed/operations";
import { createConsumer, listConsumers } from "@/lib/feed/server/consumers/consumers";
import { route } from "@/lib/http/route";

export const GET = route(listConsumersOperation, (ctx) => listConsumers(ctx));
export const POST = route(createConsumerOperation, (ctx, { body }) => createConsumer(ctx, body));
