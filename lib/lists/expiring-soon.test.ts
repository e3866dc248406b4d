import { expect, test } from "vitest";
import { expiringSoon } from "./expiring-soon";

const day = 86_400_000;
const now = Date.parse("2026-11-21T00:00:00Z");

test("only entries that expire within the next 30 days are counted", () => {
  const at = (expiresAt?: number) => ({
    customerId: String(expiresAt),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });
  expect(expiringSoon([at(), at(now - day), at(now), at(now + 31 * day)], now)).toBe(0);
  expect(expiringSoon([at(now + 1), at(now + 30 * day)], now)).toBe(2);
});
