import { cancelImportOperation, getImportOperation } from "@/lib/customers/operations";
import { cancelImport, getImport } from "@/lib/customers/server/imports";
import { route } from "@/lib/http/route";

export const GET = route(getImportOperation, (ctx, { params }) => getImport(ctx, params.id ?? ""));
export const DELETE = route(cancelImportOperation, (ctx, { params }) => cancelImport(ctx, params.id ?? ""));
