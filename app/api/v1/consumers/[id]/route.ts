import { updateConsumerOperation } from "@/lib/feed/operations";
import { updateConsumer } from "@/lib/feed/server/consumers/consumers";
import { route } from "@/lib/http/route";

export const PUT = route(updateConsumerOperation, (ctx, { params, body }) =>
  updateConsumer(ctx, params.id ?? "", body),
);
