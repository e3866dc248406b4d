import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { rolloutBucket } from "./rollout-bucket";

describe("a rollout's bucket", () => {
  test.each([
    ["win-back", "c_1"],
    ["win-back", "c_2"],
    ["loyal", ""],
    ["loyal", "Zoë 👩‍👩‍👧"],
    ["a", "0".repeat(200)],
  ])("is MD5's first 8 hex digits modulo 10,000: %s, %s", (salt, id) => {
    const hex = createHash("md5").update(`${salt}:${id}`).digest("hex").slice(0, 8);
    expect(rolloutBucket(salt, id)).toBe(Number.parseInt(hex, 16) % 10_000);
  });

  test("spreads customers evenly", () => {
    const below = Array.from({ length: 10_000 }, (_, n) => rolloutBucket("spread", `c_${n}`)).filter((b) => b < 2_500);
    expect(below.length).toBeGreaterThan(2_350);
    expect(below.length).toBeLessThan(2_650);
  });
});
