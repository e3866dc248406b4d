import { route } from "@/lib/http/route";
import { myDraftsOperation } from "@/lib/versions/operations";
import { myDrafts } from "@/lib/versions/server/my-drafts";

export const GET = route(myDraftsOperation, (ctx) => myDrafts(ctx));
