import fc from "fast-check";
import { expect, test } from "vitest";
import { headExpiry } from "./head-expiry";
import { type KeyTimes, knownKeys, rotationAt } from "./signing-order";

type Key = KeyTimes & { readonly id: number };

const start = Date.UTC(2026, 4, 1);
const [minute, hour] = [60_000, 3_600_000];

/** Keys as rotations one after the other leave them: the next is asked for when the one before signs. */
function keysAfter(pauses: readonly number[], hours: number): Key[] {
  let keys: Key[] = [{ id: 0, signsFrom: new Date(start), knownUntil: null }];
  let now = start;
  for (const [index, pause] of pauses.entries()) {
    now += 10 * minute + pause;
    const { signsFrom, knownUntil } = rotationAt(new Date(now), hours);
    keys = keys.map((key) => (key.knownUntil === null ? { ...key, knownUntil } : key));
    keys.push({ id: index + 1, signsFrom, knownUntil: null });
  }
  return keys;
}

const rotations = fc.record({
  pauses: fc.array(fc.nat(60 * hour), { maxLength: 6 }),
  hours: fc.integer({ min: 1, max: 72 }),
  at: fc.nat(400 * hour).map((later) => start + later),
});

test("as long as a head holds, the key that signed it is published, however keys are rotated", () => {
  fc.assert(
    fc.property(rotations, fc.double({ min: 0, max: 1, noNaN: true }), ({ pauses, hours, at }, part) => {
      const keys = keysAfter(pauses, hours);
      const [signing] = knownKeys(keys, at);
      const holdsFor = Date.parse(headExpiry(at, hours)) - at;
      const known = knownKeys(keys, at + Math.floor(part * (holdsFor - 1)));
      expect(known.map(({ id }) => id)).toContain(signing?.id);
    }),
  );
});

test("the newest key that may sign signs and stands first; the others follow, the newest first", () => {
  fc.assert(
    fc.property(rotations, ({ pauses, hours, at }) => {
      const keys = keysAfter(pauses, hours);
      const [signing, ...others] = knownKeys(keys, at).map(({ id }) => id);
      expect(signing).toBe(keys.findLast(({ signsFrom }) => signsFrom.getTime() <= at)?.id);
      expect(others).toEqual(others.toSorted((a, b) => b - a));
      expect(knownKeys(keys.toReversed(), at).map(({ id }) => id)).toEqual([signing, ...others]);
    }),
  );
});

test("the only key signs also where the clock of whoever made it is ahead", () => {
  expect(knownKeys(keysAfter([], 24), start - minute)).toHaveLength(1);
});
