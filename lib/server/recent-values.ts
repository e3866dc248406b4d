import { processSingleton } from "./process-singleton";

export type RecentValues<Value> = {
  find(name: string): Value | undefined;
  keep(name: string, value: Value): void;
  /** For the one thing that changes them after all: an erasure. */
  clear(): void;
};

/**
 * Values of the process that never change under their name, those asked for last kept longest. `weigh` says how much
 * of `capacity` one takes; one that alone takes more is kept until the next.
 */
export function recentValues<Value>(
  what: string,
  capacity: number,
  weigh: (value: Value) => number,
): RecentValues<Value> {
  const shared = processSingleton<Map<string, { value: Value; weight: number }>>(what);

  function all(): Map<string, { value: Value; weight: number }> {
    const known = shared.find();
    if (known) return known;
    const made = new Map<string, { value: Value; weight: number }>();
    shared.set(made);
    return made;
  }

  return {
    clear: () => all().clear(),
    find(name) {
      const values = all();
      const found = values.get(name);
      if (found === undefined) return undefined;
      values.delete(name);
      values.set(name, found);
      return found.value;
    },
    keep(name, value) {
      const values = all();
      values.delete(name);
      let taken = weigh(value);
      const kept = { value, weight: taken };
      for (const { weight } of values.values()) taken += weight;
      for (const [oldest, { weight }] of values) {
        if (taken <= capacity) break;
        values.delete(oldest);
        taken -= weight;
      }
      values.set(name, kept);
    },
  };
}
