/** A table that names customers, and the columns in which it does. */
export type CustomerPlace = { readonly place: string; readonly table: string; readonly columns: readonly string[] };

/** Where customers are named beside their events. */
export const fixedPlaces: readonly CustomerPlace[] = [
  { place: "profiles", table: "profiles", columns: ["id"] },
  { place: "past profiles", table: "past_profiles", columns: ["id"] },
  { place: "statements", table: "consents", columns: ["customer"] },
  { place: "identities", table: "identities", columns: ["customer"] },
  { place: "merges", table: "merges", columns: ["origin", "target"] },
  { place: "membership", table: "membership_log", columns: ["id"] },
];

/** Tables that name nobody. */
export const namelessTables: ReadonlySet<string> = new Set([
  "state",
  "attributes",
  "dictionary",
  "imports",
  "membership_floor",
]);

export function customerPlaces(eventTables: readonly string[]): CustomerPlace[] {
  return [...fixedPlaces, ...eventTables.map((table) => ({ place: "events", table, columns: ["customer"] }))];
}

/** By place; of several tables of one place together. */
export function totals(counts: readonly { readonly place: string; readonly rows: number }[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { place, rows } of counts) found[place] = (found[place] ?? 0) + rows;
  return found;
}
