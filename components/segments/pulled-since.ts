import type { SegmentOverview } from "@/lib/releases/overview-contract";

type Consumer = SegmentOverview["consumers"][number];

/** Who still pulls in production since an instant, the last to do so first. */
export function pulledSince(consumers: readonly Consumer[], since: string | null): readonly Consumer[] {
  const at = ({ lastPulledAt }: Consumer) => (lastPulledAt === null ? 0 : Date.parse(lastPulledAt));
  const from = since === null ? 0 : Date.parse(since);
  return consumers
    .filter(
      (consumer) => consumer.environment === "production" && consumer.lastPulledAt !== null && at(consumer) >= from,
    )
    .sort((a, b) => at(b) - at(a));
}
