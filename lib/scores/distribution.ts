import { z } from "zod";
import type { AttributeStatistics } from "../engine/answers";

/** So many parts of one size: fine enough to say how many lie below any value. */
export const distributionParts = 100;

/** How values lay when they were measured: numbers by their quantiles, others by the share of each value. */
export const distributionShapeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ordered"), quantiles: z.array(z.number()) }),
  z.object({ kind: z.literal("named"), shares: z.record(z.string(), z.number()) }),
]);
export type DistributionShape = z.infer<typeof distributionShapeSchema>;

/** What is told apart of values that are not numbers; the rest counts together. */
const otherValues = "";

export function namedShape({ customers, missing, values }: AttributeStatistics): DistributionShape {
  const known = customers - missing;
  const shares = values.map(({ value, customers: having }) => [value, having / known] as const);
  const rest = 1 - shares.reduce((sum, [, share]) => sum + share, 0);
  return { kind: "named", shares: Object.fromEntries(rest > 1e-9 ? [...shares, [otherValues, rest]] : shares) };
}

/** Below a tenth of a percent a share counts as that: else one empty part would outweigh all the others. */
const leastShare = 0.001;
/** The reference's tenths. */
const bins = 10;

/**
 * The population stability index of `now` against `reference`, over the tenths of the reference or its values: 0 where
 * they lie alike, above 0.1 some have moved, above 0.25 many. Null where there is nothing to compare.
 */
export function populationStability(reference: DistributionShape, now: DistributionShape): number | null {
  const pairs = sharesSideBySide(reference, now);
  if (!pairs) return null;
  return pairs.reduce((sum, [expected, actual]) => {
    const [was, is] = [Math.max(expected, leastShare), Math.max(actual, leastShare)];
    return sum + (is - was) * Math.log(is / was);
  }, 0);
}

function sharesSideBySide(reference: DistributionShape, now: DistributionShape): [number, number][] | null {
  if (reference.kind === "named" && now.kind === "named") {
    const values = new Set([...Object.keys(reference.shares), ...Object.keys(now.shares)]);
    return [...values].map((value) => [reference.shares[value] ?? 0, now.shares[value] ?? 0]);
  }
  if (reference.kind !== "ordered" || now.kind !== "ordered") return null;
  if (reference.quantiles.length === 0 || now.quantiles.length === 0) return null;
  const bounds = Array.from({ length: bins - 1 }, (_, index) => quantileAt(reference.quantiles, (index + 1) / bins));
  const steps = [...new Set(bounds), Number.POSITIVE_INFINITY];
  return steps.map((bound, index) => {
    const before = index === 0 ? Number.NEGATIVE_INFINITY : (steps[index - 1] ?? Number.NEGATIVE_INFINITY);
    const within = (quantiles: readonly number[]) => shareUpTo(quantiles, bound) - shareUpTo(quantiles, before);
    return [within(reference.quantiles), within(now.quantiles)];
  });
}

function quantileAt(quantiles: readonly number[], share: number): number {
  return quantiles[Math.round(share * (quantiles.length - 1))] ?? Number.NaN;
}

/** The share of values that are at most `bound`, between two quantiles by their distance. */
function shareUpTo(quantiles: readonly number[], bound: number): number {
  const last = quantiles.length - 1;
  const above = quantiles.findIndex((value) => value > bound);
  if (above === -1) return 1;
  if (above === 0) return 0;
  const [below, next] = [quantiles[above - 1] ?? 0, quantiles[above] ?? 0];
  return (above - 1 + (bound - below) / (next - below)) / last;
}
