const hour = 3_600_000;

/**
 * Until when a head holds whose feed last heard of the database at `readAt` (milliseconds): between `hours` and one hour
 * more. It moves by whole hours, so that every process says the same.
 */
export function headExpiry(readAt: number, hours: number): string {
  return new Date((Math.floor(readAt / hour) + hours + 1) * hour).toISOString();
}
