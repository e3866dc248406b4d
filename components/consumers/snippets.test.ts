import { expect, test } from "vitest";
import { snippetsFor } from "./snippets";

const origin = "https://steward.example.com";

test("a key that holds definitions is shown every way to read them, in its environment", () => {
  const snippets = snippetsFor({ environment: "staging", rights: ["definitions", "receipts"] }, origin);
  expect(snippets.map(({ title }) => title)).toEqual(["curl", "Client", "OpenFeature", "nginx"]);
  for (const { text } of snippets) expect(text).toMatch(/\/feed\/v1\/staging/);
});

test("any other key is shown the calls that its rights let it make, and no others", () => {
  const [curl, ...rest] = snippetsFor({ environment: "production", rights: ["ingest"] }, origin);
  expect(rest).toEqual([]);
  expect(curl?.text).toContain(`${origin}/ingest/v1/customers`);
  expect(curl?.text).not.toContain("/feed/");
});
