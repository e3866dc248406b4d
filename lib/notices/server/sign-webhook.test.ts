import { readFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { signWebhook } from "./sign-webhook";

type Verify = (secret: string, body: string, signature: string, now: number) => boolean;

const at = new Date("2026-06-01T12:00:00.500Z");
const body = '{"name":"Größe"}';
let isFromSteward: Verify;

beforeAll(async () => {
  const guide = await readFile("docs/webhooks.md", "utf8");
  const example = /```js\n([\s\S]*?)```/.exec(guide)?.[1] ?? "";
  ({ isFromSteward } = await import(`data:text/javascript,${encodeURIComponent(example)}`));
});

test("the example in the guide takes what was signed, for 5 minutes", () => {
  const signature = signWebhook("sth_secret", body, at);
  expect(isFromSteward("sth_secret", body, signature, at.getTime())).toBe(true);
  expect(isFromSteward("sth_secret", body, signature, at.getTime() + 299_000)).toBe(true);
  expect(isFromSteward("sth_secret", body, signature, at.getTime() + 301_000)).toBe(false);
});

test.each([
  ["another body", "sth_secret", `${body} `, signWebhook("sth_secret", body, at)],
  ["another secret", "sth_other", body, signWebhook("sth_secret", body, at)],
  ["another instant", "sth_secret", body, signWebhook("sth_secret", body, at).replace(/t=(\d+)\d/, "t=$19")],
  ["half a signature", "sth_secret", body, signWebhook("sth_secret", body, at).slice(0, -2)],
  ["no signature", "sth_secret", body, ""],
])("it refuses %s", (_, secret, given, signature) => {
  expect(isFromSteward(secret, given, signature, at.getTime())).toBe(false);
});
