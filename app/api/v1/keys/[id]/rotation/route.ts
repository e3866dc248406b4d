import { rotateKeyOperation } from "@/lib/feed/operations";
import { rotateKey } from "@/lib/feed/server/consumers/rotate-key";
import { route } from "@/lib/http/route";

export const POST = route(rotateKeyOperation, (ctx, { params, body }) => rotateKey(ctx, params.id ?? "", body));
