import fc from "fast-check";
import { expect, test } from "vitest";
import { headExpiry } from "./head-expiry";

const hour = 3_600_000;

test("a head holds its hours and at most one more, the same for everybody who read within the hour", () => {
  const instant = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2040, 0) });
  fc.assert(
    fc.property(
      instant,
      fc.integer({ min: 1, max: 8_760 }),
      fc.integer({ min: 0, max: hour - 1 }),
      (at, hours, later) => {
        const holds = Date.parse(headExpiry(at, hours)) - at;
        expect(holds).toBeGreaterThan(hours * hour);
        expect(holds).toBeLessThanOrEqual((hours + 1) * hour);
        const begun = Math.floor(at / hour) * hour;
        expect(headExpiry(begun + later, hours)).toBe(headExpiry(at, hours));
      },
    ),
  );
});
