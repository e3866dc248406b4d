import { importRejectsOperation } from "@/lib/customers/operations";
import { importRejects } from "@/lib/customers/server/imports";
import { route } from "@/lib/http/route";

export const GET = route(importRejectsOperation, (ctx, { params }) => importRejects(ctx, params.id ?? ""));
