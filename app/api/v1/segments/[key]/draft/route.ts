import { route } from "@/lib/http/route";
import { openDraftOperation, saveDraftOperation } from "@/lib/versions/operations";
import { openDraft } from "@/lib/versions/server/open-draft";
import { saveDraft } from "@/lib/versions/server/save-draft";

export const POST = route(openDraftOperation, (ctx, { params, body }) =>
  openDraft(ctx, { ...body, key: params.key ?? "" }),
);
export const PUT = route(saveDraftOperation, (ctx, { params, body }) =>
  saveDraft(ctx, { ...body, key: params.key ?? "" }),
);
