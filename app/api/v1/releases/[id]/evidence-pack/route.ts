import { route } from "@/lib/http/route";
import { evidencePackOperation } from "@/lib/releases/operations";
import { releaseEvidencePack } from "@/lib/releases/server/evidence-pack";
import { settings } from "@/lib/server/settings";
import { signingKeys } from "@/lib/server/signing-key";

export const GET = route(evidencePackOperation, (ctx, { params }) =>
  releaseEvidencePack(ctx, { id: params.id ?? "" }, { folder: settings().checkpointsFolder, keys: signingKeys() }),
);
