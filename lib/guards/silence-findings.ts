import type { Finding } from "../findings";

/** When values of an attribute last came, in milliseconds, of those that are expected to. */
export type Arrival = { readonly attribute: string; readonly everyHours: number; readonly last: number };

const hourMs = 3_600_000;

/** Whether nothing has come for longer than it should. */
export function isSilent({ everyHours, last }: Omit<Arrival, "attribute">, now: number): boolean {
  return now - last > everyHours * hourMs;
}

/** Warnings: what the rule speaks of may not be so any more. */
export function silenceFindings(attributes: readonly string[], arrivals: readonly Arrival[], now: number): Finding[] {
  return arrivals
    .filter((arrival) => attributes.includes(arrival.attribute) && isSilent(arrival, now))
    .map(({ attribute, everyHours, last }) => ({
      ...{ code: "attribute-silent", severity: "warning", path: "definition.rule" },
      message: `The last value of "${attribute}" came at ${new Date(last).toISOString().slice(0, 16)}Z; one is expected every ${everyHours} h.`,
      resolution: "Ask who sends it. Until it comes again, the rule decides by what was known then.",
    }));
}
