import { signingKeysOperation } from "@/lib/audit/operations";
import { route } from "@/lib/http/route";
import { signingKeys } from "@/lib/server/signing-key";

export const GET = route(signingKeysOperation, async () => signingKeys().jwks);
