import { once } from "node:events";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { dirname } from "node:path";

export const benchColumns =
  "customer_id,region,plan,city,channel,device,spend,balance,tenure_months,orders,churn,active,marketing,research,signed_up_at,last_seen_at,email,tags";

const regions = ["eu", "uk", "us", "apac"];
const plans = ["free", "basic", "plus", "premium", "business", ""];
const channels = ["web", "app", "store", "partner", "phone"];
const devices = ["ios", "android", "desktop", ""];
const tags = ["vip", "trial", "student", "beta", "churned", "reseller", "family", "gift"];
const firstInstant = Date.parse("2020-01-01T00:00:00Z");
export const benchNow = Date.parse("2026-11-01T00:00:00Z");

/** Writes `customers` rows once; the same seed gives the same bytes. Gives the file's path. */
export async function generatedCustomers(customers: number, path: string, seed = 20_261_121): Promise<string> {
  if (existsSync(path)) return path;
  await mkdir(dirname(path), { recursive: true });
  const random = mulberry32(seed);
  const file = createWriteStream(`${path}.new`, { highWaterMark: 1 << 20 });
  let text = `${benchColumns}\n`;
  for (let n = 0; n < customers; n++) {
    text += `${customerLine(n, random)}\n`;
    if (text.length > 1 << 20) {
      if (!file.write(text)) await once(file, "drain");
      text = "";
    }
  }
  file.end(text);
  await once(file, "finish");
  await rename(`${path}.new`, path);
  return path;
}

function customerLine(n: number, random: () => number): string {
  const pick = (values: readonly string[]) => values[Math.floor(random() * values.length)] ?? "";
  const signedUp = firstInstant + Math.floor(random() * (benchNow - firstInstant));
  const lastSeen = signedUp + Math.floor(random() * (benchNow - signedUp));
  return [
    `c${String(n).padStart(8, "0")}`,
    pick(regions),
    pick(plans),
    `City ${Math.floor(random() ** 2 * 400)}`,
    pick(channels),
    pick(devices),
    random() < 0.1 ? "" : (random() ** 3 * 5_000).toFixed(2),
    (random() * 1_000 - 200).toFixed(2),
    Math.floor(random() * 80),
    Math.floor(random() ** 2 * 120),
    random() < 0.05 ? "" : random().toFixed(4),
    random() < 0.7,
    random() < 0.6 ? "yes" : "no",
    random() < 0.3 ? "yes" : "no",
    new Date(signedUp).toISOString(),
    random() < 0.08 ? "" : new Date(lastSeen).toISOString(),
    `person.${Math.floor(random() * 1e9).toString(36)}@example.com`,
    random() < 0.2 ? "" : `${pick(tags)}|${pick(tags)}`,
  ].join(",");
}

/** A small, fast generator with a seed: numbers from 0 up to 1. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
