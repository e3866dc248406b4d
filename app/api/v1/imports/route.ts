import { listImportsOperation, startImportOperation } from "@/lib/customers/operations";
import { listImports } from "@/lib/customers/server/imports";
import { startImport } from "@/lib/customers/server/start-import";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";

export const GET = route(listImportsOperation, (ctx) => listImports(ctx));
export const POST = route(startImportOperation, (ctx, { request }) => startImport(ctx, request, getEngine()));
