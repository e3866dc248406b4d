import { listTransfersOperation, proposeTransferOperation } from "@/lib/changes/guard-operations";
import { listTransfers, proposeTransfer } from "@/lib/changes/server/transfers";
import { route } from "@/lib/http/route";

export const GET = route(listTransfersOperation, (ctx) => listTransfers(ctx));
export const POST = route(proposeTransferOperation, (ctx, { body }) => proposeTransfer(ctx, body));
