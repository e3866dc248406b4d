import { createAttributeOperation, listAttributesOperation } from "@/lib/catalogue/operations";
import { listAttributes } from "@/lib/catalogue/server/list-attributes";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { defineAttribute } from "@/lib/events/server/define-attribute";
import { route } from "@/lib/http/route";

export const GET = route(listAttributesOperation, (ctx) => listAttributes(ctx, getEngine()));
export const POST = route(createAttributeOperation, (ctx, { body }) => defineAttribute(ctx, body, getEngine()));
