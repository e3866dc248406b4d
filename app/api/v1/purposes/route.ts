import { createPurposeOperation, listPurposesOperation } from "@/lib/catalogue/operations";
import { createPurpose } from "@/lib/catalogue/server/create-purpose";
import { listPurposes } from "@/lib/catalogue/server/list-purposes";
import { route } from "@/lib/http/route";

export const GET = route(listPurposesOperation, (ctx) => listPurposes(ctx));
export const POST = route(createPurposeOperation, (ctx, { body }) => createPurpose(ctx, body));
