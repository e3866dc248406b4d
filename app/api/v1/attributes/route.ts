import { createAttributeOperation, listAttributesOperation } from "@/lib/catalogue/operations";
import { createAttribute } from "@/lib/catalogue/server/create-attribute";
import { listAttributes } from "@/lib/catalogue/server/list-attributes";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";

export const GET = route(listAttributesOperation, (ctx) => listAttributes(ctx, getEngine()));
export const POST = route(createAttributeOperation, (ctx, { body }) => createAttribute(ctx, body, getEngine()));
