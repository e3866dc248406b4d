import { expect, test } from "vitest";
import { createTestDatabase } from "../../testing/database";
import { transitions, versionStates } from "../state";

test("the database lets a version go exactly where the table of states does", async () => {
  const { db } = await createTestDatabase();
  const rows = await db.$queryRaw<{ pair: string }[]>`
    SELECT former || ' ' || next AS pair
    FROM unnest(enum_range(NULL::"VersionState")) AS former, unnest(enum_range(NULL::"VersionState")) AS next
    WHERE "versionMayGo"(former, next)`;
  const pairs = versionStates.flatMap((state) => Object.values(transitions[state]).map((next) => `${state} ${next}`));
  expect(rows.map(({ pair }) => pair).sort()).toEqual([...new Set(pairs)].sort());
});
