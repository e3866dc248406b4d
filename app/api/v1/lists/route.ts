import { route } from "@/lib/http/route";
import { createListOperation, listListsOperation } from "@/lib/lists/operations";
import { createList } from "@/lib/lists/server/create-list";
import { listLists } from "@/lib/lists/server/list-lists";

export const GET = route(listListsOperation, (ctx) => listLists(ctx));
export const POST = route(createListOperation, (ctx, { body }) => createList(ctx, body));
