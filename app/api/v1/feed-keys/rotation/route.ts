import { rotateSigningKey } from "@/lib/feed/server/signing/rotate-signing-key";
import { rotateFeedKeyOperation } from "@/lib/feed/signing-operations";
import { route } from "@/lib/http/route";
import { settings } from "@/lib/server/settings";

export const POST = route(rotateFeedKeyOperation, (ctx) => rotateSigningKey(ctx, settings().feed));
