import type { ConsumerItem } from "@/lib/feed/contract";
import { type Delivery, deliveries, targetSeconds } from "@/lib/feed/lag";

const names = { stream: "A stream", poll: "Polls" } as const satisfies Record<Delivery, string>;

export const deliveryChoices = deliveries.map((delivery) => ({ value: delivery, label: names[delivery] }));

/** How a consumer keeps up, and how long a release may take to be active there. */
export function deliveryWords({ delivery, pollSeconds }: Pick<ConsumerItem, "delivery" | "pollSeconds">): string {
  const how = delivery === "stream" ? "Follows the stream" : `Polls every ${spanWords(pollSeconds)}`;
  return `${how}: a release may take ${spanWords(targetSeconds(delivery, pollSeconds))}.`;
}

/** Exact, in the largest unit that divides it. */
function spanWords(seconds: number): string {
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
