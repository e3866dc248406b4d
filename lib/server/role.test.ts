import { expect, test } from "vitest";
import { requireShared, roleOf } from "./role";
import { parseSettings } from "./settings";

test("a process is everything unless it is said what alone", () => {
  expect(roleOf(["node", "server.ts"])).toBeUndefined();
  expect(roleOf(["node", "server.ts", "--only=jobs"])).toBe("jobs");
  expect(() => roleOf(["--only=ingest"])).toThrow('--only takes feed, console, jobs, and is "ingest".');
});

test("a process beside others needs what they share, and is told of each that is missing", () => {
  const shared = {
    DATABASE_URL: "postgresql://u@h/d",
    CLICKHOUSE_URL: "http://h:8123/d",
    STEWARD_FEED_SECRET: "s".repeat(32),
  };
  expect(requireShared(parseSettings(shared), "feed")).toMatchObject({ databaseUrl: shared.DATABASE_URL });
  for (const name of Object.keys(shared)) {
    const settings = parseSettings({ ...shared, [name]: "" });
    expect(() => requireShared(settings, "feed")).toThrow(`${name}: `);
  }
});
