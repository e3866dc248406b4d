import { expect, test } from "vitest";
import { actionInWords, throughInWords } from "./action-words";

const on = (type: string) => ({ type, id: "1", name: "" });

test.each([
  ["segment.rolled-back", "segment", "rolled back"],
  ["version.submitted", "segment", "submitted a version"],
  ["import.succeeded", "customer", "succeeded an import"],
  ["started", "server", "started"],
  ["verdict.request_changes", "segment", "asked for changes to a version"],
])("%s on a %s reads: %s", (action, type, words) => {
  expect(actionInWords({ action, subject: on(type) })).toBe(words);
});

test("what an entry came through is named without its key", () => {
  expect(throughInWords("session")).toBe("console");
  expect(throughInWords("token:nightly")).toBe("token");
});
