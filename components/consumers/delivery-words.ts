import { formatDuration } from "@/components/ui/instant-format";
import type { ConsumerItem } from "@/lib/feed/contract";
import { type Delivery, deliveries, targetSeconds } from "@/lib/feed/lag";

const names = { stream: "A stream", poll: "Polls" } as const satisfies Record<Delivery, string>;

export const deliveryChoices = deliveries.map((delivery) => ({ value: delivery, label: names[delivery] }));

/** How a consumer keeps up, and how long a release may take to be active there. */
export function deliveryWords({ delivery, pollSeconds }: Pick<ConsumerItem, "delivery" | "pollSeconds">): string {
  const how = delivery === "stream" ? "Follows the stream" : `Polls every ${formatDuration(pollSeconds * 1_000)}`;
  return `${how}: a release may take ${formatDuration(targetSeconds(delivery, pollSeconds) * 1_000)}.`;
}
