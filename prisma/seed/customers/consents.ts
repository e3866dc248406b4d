import type { Random } from "../random";
import type { RegionKey } from "./residence";

export type Consents = { consents: string[]; objections: string[] };

const marketingShares = { eu: 0.57, uk: 0.61, us: 0.79, ca: 0.66, apac: 0.7 } as const satisfies Record<
  RegionKey,
  number
>;

/** Whoever grants one purpose is likelier to grant the next; few object, and then to what rests on no consent too. */
export function drawConsents(random: Random, home: RegionKey): Consents {
  const consents: string[] = [];
  const marketing = random.chance(marketingShares[home]);
  if (marketing) consents.push("marketing");
  if (random.chance(marketing ? 0.68 : 0.14)) consents.push("personalisation");
  if (random.chance(marketing ? 0.27 : 0.02)) consents.push("partners");
  const objections: string[] = [];
  if (!marketing && random.chance(0.06)) objections.push("marketing");
  if (!consents.includes("personalisation") && random.chance(0.03)) objections.push("personalisation");
  if (random.chance(0.008)) objections.push("fraud_prevention");
  if (random.chance(0.015)) objections.push("service_improvement");
  return { consents, objections };
}
