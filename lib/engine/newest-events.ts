import type { CustomerEvent } from "./customer-records";

/** Of events of several types so many, the newest first, of several at one instant by id backwards. */
export function newestEvents(events: readonly CustomerEvent[], limit: number): CustomerEvent[] {
  return [...events].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).slice(0, limit);
}
