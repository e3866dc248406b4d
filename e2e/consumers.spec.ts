import type { APIRequestContext, Page } from "@playwright/test";
import { expect, expectAccessible, expectAccessibleInBoth, signIn, test } from "./console";

/** Unique to the run, so that the spec can be run again against the same server. */
const suffix = Date.now().toString(36);
const consumer = { name: `Edge cache ${suffix}`, key: `edge-cache-${suffix}` };

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).press("ArrowDown");
  await page.getByRole("option", { name: option, exact: true }).click();
}

const authorized = (secret: string) => ({ authorization: `Bearer ${secret}` });

async function released(request: APIRequestContext, secret: string) {
  const answer = await request.get("/feed/v1/production/head", { headers: authorized(secret) });
  expect(answer.status()).toBe(200);
  const head = await answer.json();
  return { revision: head.released as number, digest: head.bundle.digest as string };
}

async function say(request: APIRequestContext, secret: string, receipt: object) {
  const answer = await request.post("/feed/v1/production/receipts", { headers: authorized(secret), data: receipt });
  expect(answer.status()).toBe(202);
  return answer.json();
}

async function act(page: Page, hint: string, action: "Rotate…" | "Revoke…"): Promise<void> {
  await page.getByRole("button", { name: `Actions for the key ${hint}… of ${consumer.name}` }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

const hintOf = (secret: string) => secret.slice(0, 8);

test.describe
  .serial("the life of a consumer", () => {
    let secret = "";

    test("an operator registers a consumer, and sees what it pulls, serves and refuses", async ({ page, request }) => {
      await signIn(page, "operator", "/consumers");
      await page.getByRole("button", { name: "Register a consumer" }).click();
      const registering = page.getByRole("dialog", { name: "Register a consumer" });
      await registering.getByLabel("Name").fill(consumer.name);
      await registering.getByLabel("Key").fill(consumer.key);
      await choose(page, "Keeps up by", "A stream");
      await registering.getByRole("button", { name: "Register" }).click();
      const section = page.getByRole("region", { name: consumer.name });
      await expect(section).toContainText("Follows the stream: a release may take 5 s.");

      await section.getByRole("button", { name: "Create a key" }).click();
      const making = page.getByRole("dialog", { name: `A key for ${consumer.name}` });
      await choose(page, "Regions", "European Union");
      await page.keyboard.press("Escape");
      await choose(page, "Purposes", "Contract");
      await page.keyboard.press("Escape");
      await choose(page, "Rights", "receipts");
      await page.keyboard.press("Escape");
      await making.getByRole("button", { name: "Create the key" }).click();
      secret = (await making.getByTestId("secret").textContent()) ?? "";
      await making.getByRole("tab", { name: "Client" }).click();
      await expect(making.getByRole("tabpanel")).toContainText("/feed/v1/production");
      await expect(making.getByRole("tabpanel")).not.toContainText(secret);
      await expectAccessible(page);
      await making.getByRole("button", { name: "Done" }).click();

      const keys = page.getByRole("table", { name: `Keys of ${consumer.name}` });
      await expect(keys).toContainText("not used yet");
      const { revision, digest } = await released(request, secret);
      const own = { state: "activated", revision, digest, instance: "edge-1" };
      expect(await say(request, secret, own)).toEqual({ behind: 0 });
      await expect(keys).toContainText("up to date");
      await expect(keys.getByText(`r${revision}`)).toHaveCount(2);

      await say(request, secret, { ...own, state: "refused", reason: "it names an operator that is not known" });
      await expect(section.getByRole("listitem")).toContainText("on edge-1: “it names an operator that is not known”");
      await say(request, secret, own);
      await expect(section.getByRole("listitem")).toHaveCount(0);

      await say(request, secret, { state: "activated", revision: 1, instance: "edge-2" });
      await expect(keys).toContainText("2 instances");
      await page.goto("/");
      const behind = page.getByRole("region", { name: "Consumers behind" });
      await expect(behind.getByRole("listitem").filter({ hasText: consumer.name })).toContainText(
        "a release may take 5 s",
      );
      await behind.getByRole("link", { name: `Open: ${consumer.name}` }).click();
      await expect(page).toHaveURL(`/consumers#${consumer.key}`);
    });

    test("they put another key in its place, both good for a day, and revoke both", async ({ page, request }) => {
      await signIn(page, "operator", "/consumers");
      const section = page.getByRole("region", { name: consumer.name });
      const keys = page.getByRole("table", { name: `Keys of ${consumer.name}` });
      await act(page, hintOf(secret), "Rotate…");
      const rotating = page.getByRole("dialog", { name: `Rotate this key of ${consumer.name}` });
      await rotating.getByRole("button", { name: "Rotate it" }).click();
      const next = (await rotating.getByTestId("secret").textContent()) ?? "";
      await rotating.getByRole("button", { name: "Done" }).click();
      await released(request, secret);
      await released(request, next);
      await expect(keys).toContainText(/ends in 23\sh/);
      await expectAccessibleInBoth(page);

      for (const each of [secret, next]) {
        await act(page, hintOf(each), "Revoke…");
        const revoking = page.getByRole("dialog", { name: `Revoke this key of ${consumer.name}?` });
        await revoking.getByRole("button", { name: "Revoke it" }).click();
        await expect(revoking).toHaveCount(0);
        const status = async () =>
          (await request.get("/feed/v1/production/head", { headers: authorized(each) })).status();
        await expect.poll(status, { timeout: 5_000 }).toBe(401);
      }
      await section.getByRole("button", { name: "Show 2 ended keys" }).click();
      await expect(keys.getByRole("row").filter({ hasText: "revoked" })).toHaveCount(2);
    });
  });

test("an operator rotates the key that signs the feed, and readers are given both", async ({ page, request }) => {
  await signIn(page, "operator", "/consumers");
  const signing = page.getByRole("region", { name: "Signing keys" });
  await expect(signing.getByText("signs", { exact: true })).toHaveCount(1);
  await signing.getByRole("button", { name: "Rotate the signing key" }).click();
  await page
    .getByRole("dialog", { name: "Rotate the key that signs the feed?" })
    .getByRole("button", { name: "Rotate it" })
    .click();
  await expect(signing.getByText("signs next", { exact: true })).toHaveCount(1);
  await signIn(page, "viewer", "/consumers");
  await expect(signing).toBeVisible();
  expect((await request.get("/feed/v1/production/keys")).status()).toBe(401);
});
