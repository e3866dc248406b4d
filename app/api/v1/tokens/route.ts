import { createTokenOperation, listTokensOperation } from "@/lib/access/operations";
import { createToken, listTokens } from "@/lib/access/server/tokens";
import { route } from "@/lib/http/route";

export const GET = route(listTokensOperation, (ctx) => listTokens(ctx));
export const POST = route(createTokenOperation, (ctx, { body }) => createToken(ctx, body));
