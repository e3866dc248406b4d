import { expect, test } from "vitest";
import { pulledSince } from "./pulled-since";

function consumer(key: string, lastPulledAt: string | null, environment = "production") {
  return { key, name: key, environment, lastPulledAt, lastPulledRevision: null };
}

test("who still pulls what is deprecated are those who have since, the last first", () => {
  const consumers = [
    consumer("never", null),
    consumer("before", "2026-05-01T00:00:00.000Z"),
    consumer("since", "2026-06-02T00:00:00.000Z"),
    consumer("in-staging", "2026-06-03T00:00:00.000Z", "staging"),
    consumer("today", "2026-06-04T00:00:00.000Z"),
  ];
  const keys = pulledSince(consumers, "2026-06-01T00:00:00.000Z").map(({ key }) => key);
  expect(keys).toEqual(["today", "since"]);
});
