import { route } from "@/lib/http/route";
import { listModelsOperation, registerModelOperation } from "@/lib/scores/operations";
import { listModels } from "@/lib/scores/server/list-models";
import { registerModel } from "@/lib/scores/server/models";

export const GET = route(listModelsOperation, (ctx) => listModels(ctx));
export const POST = route(registerModelOperation, (ctx, { body }) => registerModel(ctx, body));
