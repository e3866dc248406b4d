/** A stream of numbers that depends on its seed alone, so that a demo can be made again exactly as it was. */
export type Random = {
  /** 0 inclusive to 1 exclusive. */
  unit(): number;
  /** Both ends included. */
  integer(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(values: readonly T[]): T;
  /** Draws a key by its weight; weights need not add up to one. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key;
  normal(mean: number, deviation: number): number;
  /** Always positive, half of the draws below the median. */
  logNormal(median: number, spread: number): number;
  exponential(mean: number): number;
};

export function seededRandom(seed: number): Random {
  const next = xorshift(seed);
  const unit = () => next() / 2 ** 32;
  const integer = (low: number, high: number) => low + Math.floor(unit() * (high - low + 1));
  const normal = (mean: number, deviation: number) =>
    mean + deviation * Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
  return {
    unit,
    integer,
    normal,
    chance: (probability) => unit() < probability,
    pick: (values) => requireValue(values[integer(0, values.length - 1)]),
    weighted: (weights) => drawByWeight(weights, unit()),
    logNormal: (median, spread) => median * Math.exp(normal(0, spread)),
    exponential: (mean) => -mean * Math.log(1 - unit()),
  };
}

/** One to one on 32-bit integers: different numbers never give the same result. */
export function scramble(value: number): number {
  let mixed = value >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Marsaglia's xorshift with 128 bits of state. */
function xorshift(seed: number): () => number {
  let x = scramble(seed + 1);
  let y = scramble(seed + 2);
  let z = scramble(seed + 3);
  let w = scramble(seed + 4) | 1;
  return () => {
    const t = x ^ (x << 11);
    x = y;
    y = z;
    z = w;
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
    return w >>> 0;
  };
}

function drawByWeight<Key extends string>(weights: Readonly<Record<Key, number>>, unit: number): Key {
  const keys = Object.keys(weights) as Key[];
  let left = unit * keys.reduce((sum, key) => sum + weights[key], 0);
  for (const key of keys) {
    left -= weights[key];
    if (left < 0) return key;
  }
  return requireValue(keys.at(-1));
}

function requireValue<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("There is nothing to draw from.");
  return value;
}
