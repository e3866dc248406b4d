import type { ValueStatistics } from "./fitting-attribute";

const premiumWords = [
  "premium",
  "business",
  "enterprise",
  "platinum",
  "gold",
  "vip",
  "ultimate",
  "professional",
  "plus",
];

/** The values that read like a paid, upper tier; without statistics the one that most catalogues have. */
export function premiumValues(statistics: ValueStatistics | undefined): readonly string[] {
  if (!statistics) return ["premium"];
  return statistics.values
    .map(({ value }) => value)
    .filter((value) => premiumWords.some((word) => value.toLowerCase().includes(word)));
}

/** A score from which a customer is at risk: 0.6 of the scale that its values use. */
export function riskThreshold(statistics: ValueStatistics | undefined): number {
  const greatest = statistics?.greatest ?? 1;
  return greatest <= 1 ? 0.6 : greatest <= 10 ? 6 : 60;
}

/** Where the upper part of a number begins: a round number a quarter of the way up; `otherwise` where nothing is known. */
export function upperThreshold(statistics: ValueStatistics | undefined, otherwise: number): number {
  const { least, greatest } = statistics ?? { least: null, greatest: null };
  if (least === null || greatest === null || greatest <= 0) return otherwise;
  return roundDown(Math.max(0, least) + (greatest - Math.max(0, least)) / 4);
}

/** To 1, 2 or 5 of the same power of ten. */
function roundDown(number: number): number {
  if (number <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(number));
  const step = [5, 2, 1].find((each) => each * power <= number) ?? 1;
  return Number((step * power).toPrecision(3));
}
