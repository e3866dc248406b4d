import type { Page } from "@playwright/test";
import { expect, signIn, test } from "./console";

test("support sees when a customer entered what, and the address of a past instant shows it again", async ({
  page,
}) => {
  const id = await someCustomer(page, "support");
  await page.goto(`/customers/${id}`);
  const line = page.getByRole("region", { name: "Membership" });
  await expect(line).toBeVisible();
  await expect(page.getByRole("region", { name: /^What each consumer holds/ })).toBeVisible();
  await expect(page.getByRole("region", { name: /^What the customer said/ })).toBeVisible();
  const before = line.getByRole("button", { name: "Change before" });
  if (await before.isEnabled()) {
    await before.click();
    await expect(page).toHaveURL(/asOf=/);
    await page.reload();
    await expect(line.getByRole("button", { name: "Now" })).toBeEnabled();
  }
  await expect(page.getByRole("button", { name: "Merge into another…" })).toBeHidden();
});

test("what a merge does is shown before it is done, and parting takes it back", async ({ page }) => {
  const [from, into] = await twoCustomers(page);
  await page.goto(`/customers/${from}`);
  await page.getByRole("button", { name: "Merge into another…" }).click();
  const dialog = page.getByRole("dialog", { name: `Merge ${from} into another customer` });
  await dialog.getByLabel("Into the customer").fill(into);
  await dialog.getByRole("button", { name: "Show what it does" }).click();
  await expect(dialog).toContainText("No longer granted");
  await dialog.getByLabel("Why they are the same person").fill("Both wrote from one address.");
  await dialog.getByRole("button", { name: "Merge them" }).click();
  await page.waitForURL(`/customers/${into}`);
  const same = page.getByRole("region", { name: /^The same person as/ });
  await expect(same).toContainText(from);
  await same.getByRole("button", { name: "Part again…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Part them" }).click();
  await expect(same).not.toContainText(from);
});

test("an identity is linked with a reason, finds its customer, and is unlinked again", async ({ page }) => {
  const id = await someCustomer(page, "privacy");
  await page.goto(`/customers/${id}`);
  const known = page.getByRole("region", { name: /^Known as/ });
  await known.getByRole("button", { name: `Link an identity to ${id}` }).click();
  const linking = page.getByRole("dialog", { name: `Link an identity to ${id}` });
  await linking.getByRole("combobox", { name: "Namespace" }).click();
  await page.getByRole("option", { name: "Device" }).click();
  await linking.getByLabel("Value").fill("e2e-device-17");
  await linking.getByLabel("Why").fill("They wrote from it.");
  await linking.getByRole("button", { name: "Link it" }).click();
  await expect(known).toContainText("e2e-device-17");
  await page.goto("/customers");
  await page.getByLabel("Customer id").fill("device:e2e-device-17");
  await expect(page.getByRole("link", { name: id })).toBeVisible();
  await page.goto(`/customers/${id}`);
  await known.getByRole("button", { name: `Unlink Device e2e-device-17 from ${id}` }).click();
  const unlinking = page.getByRole("dialog", { name: `Unlink Device e2e-device-17 from ${id}` });
  await unlinking.getByLabel("Why").fill("It was somebody else's.");
  await unlinking.getByRole("button", { name: "Unlink it" }).click();
  await expect(known).not.toContainText("e2e-device-17");
});

test("a request of access is opened, answered with a document, and done", async ({ page }) => {
  const id = await someCustomer(page, "privacy");
  await page.goto("/customers/requests");
  await page.getByRole("button", { name: "Open a request" }).click();
  const dialog = page.getByRole("dialog", { name: "What does the person ask for?" });
  await dialog.getByLabel("Customer id").fill(id);
  await dialog.getByRole("button", { name: "Open the request" }).click();
  await expect(page.getByRole("heading", { name: /^Access #/ })).toBeVisible();
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the document" }).click();
  expect((await downloading).suggestedFilename()).toMatch(/^customer-data-\d+\.json$/);
  await page.getByRole("button", { name: "It was answered" }).click();
  await expect(page.getByText("done", { exact: true })).toBeVisible();
});

async function someCustomer(page: Page, person: "support" | "privacy"): Promise<string> {
  const [id] = await customers(page, person);
  return id;
}

function twoCustomers(page: Page): Promise<readonly [string, string]> {
  return customers(page, "privacy");
}

/** The first two that the finder lists. */
async function customers(page: Page, person: "support" | "privacy"): Promise<readonly [string, string]> {
  await signIn(page, person, "/customers");
  const links = page.getByRole("link", { name: /^c_/ });
  await expect(links.nth(1)).toBeVisible();
  const [first, second] = await links.allTextContents();
  if (!first || !second) throw new Error("The finder lists no customers.");
  return [first, second];
}
