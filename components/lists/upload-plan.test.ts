import { expect, test } from "vitest";
import { uploadPlan } from "./upload-plan";

const until = "2027-01-31T00:00:00.000Z";

test("an expiry for all is for those of whom the text says none", () => {
  const text = "id,expires_at\na,\nb,2026-12-31T00:00:00Z\n";
  expect(uploadPlan(text, until).entries).toEqual([
    { customerId: "a", expiresAt: until },
    { customerId: "b", expiresAt: "2026-12-31T00:00:00.000Z" },
  ]);
  expect(uploadPlan("a\nb", undefined).entries).toEqual([{ customerId: "a" }, { customerId: "b" }]);
});

test("a bad line is told by its number in the text, and costs no other", () => {
  const plan = uploadPlan("id,expires_at\na,soon\n\nb\nb", undefined);
  expect(plan.entries).toEqual([{ customerId: "b" }]);
  expect(plan).toMatchObject({ repeated: 1, rejected: 1, rejects: [{ line: 2 }] });
});
