/** A month, as the law counts it at least. */
export const dueDays = 30;
const dayMs = 86_400_000;

export function dueAt(receivedAt: Date): Date {
  return new Date(receivedAt.getTime() + dueDays * dayMs);
}

type Ordered = { readonly state: "open" | "done" | "refused"; readonly dueAt: Date; readonly settledAt: Date | null };

export function isOverdue(request: Ordered, now: Date): boolean {
  return request.state === "open" && request.dueAt.getTime() < now.getTime();
}

/** What is open first, the longest due before; then what is settled, the last before. */
export function byUrgency(a: Ordered, b: Ordered): number {
  if (a.state === "open" || b.state === "open") {
    if (a.state !== b.state) return a.state === "open" ? -1 : 1;
    return a.dueAt.getTime() - b.dueAt.getTime();
  }
  return (b.settledAt?.getTime() ?? 0) - (a.settledAt?.getTime() ?? 0);
}
