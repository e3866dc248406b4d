import { createNamespaceOperation, listNamespacesOperation } from "@/lib/customers/identity-operations";
import { createNamespace, listNamespaces } from "@/lib/customers/server/namespaces";
import { route } from "@/lib/http/route";

export const GET = route(listNamespacesOperation, (ctx) => listNamespaces(ctx));

export const POST = route(createNamespaceOperation, (ctx, { body }) => createNamespace(ctx, body));
