import { listSigningKeys } from "@/lib/feed/server/signing/list-signing-keys";
import { listFeedKeysOperation } from "@/lib/feed/signing-operations";
import { route } from "@/lib/http/route";

export const GET = route(listFeedKeysOperation, (ctx) => listSigningKeys(ctx));
