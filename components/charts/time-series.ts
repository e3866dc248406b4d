/** One instant and what each line was then; null where it is not known. */
export type TimePoint = { readonly at: number; readonly values: Readonly<Record<string, number | null>> };

export type TimeLine = {
  readonly key: string;
  readonly label: string;
  /** The one this is about, or what it is compared with. */
  readonly tone: "this" | "compared";
};

export const lineColors = { this: "var(--st-data)", compared: "var(--st-compared)" } as const;

/** The points from days and counts, as the API gives them. */
export function dailyPoints(trend: readonly { readonly day: string; readonly members: number }[]): TimePoint[] {
  return trend.map(({ day, members }) => ({ at: Date.parse(`${day}T00:00:00Z`), values: { members } }));
}

/** Lowest and highest of all lines, with the thresholds in sight. */
export function rangeOf(points: readonly TimePoint[], also: readonly number[], fromZero: boolean): [number, number] {
  const known = points.flatMap(({ values }) => Object.values(values)).filter((value) => value !== null);
  const all = [...known, ...also, ...(fromZero ? [0] : [])];
  return all.length === 0 ? [0, 1] : [Math.min(...all), Math.max(...all)];
}
