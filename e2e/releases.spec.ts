import { expect, expectAccessibleInBoth, signIn, test } from "./console";

test("an operator goes back to the version before in three clicks", async ({ page }) => {
  await signIn(page, "operator", "/segments/dormant-180d");
  const production = page.getByRole("region", { name: "Environments" }).getByRole("listitem").first();
  const before = await production.textContent();
  await page.getByRole("button", { name: "Roll back…" }).click();
  const dialog = page.getByRole("dialog", { name: /Roll .* back in production/ });
  await dialog.getByRole("button", { name: "Too many customers moved" }).click();
  await dialog.getByRole("button", { name: /^Roll back to v\d+/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(production).not.toHaveText(before ?? "");
  const releases = page.getByRole("region", { name: /^Releases/ });
  await expect(releases.getByRole("row").filter({ hasText: "rolled back to" }).first()).toContainText(
    "Too many customers moved",
  );
});

test("an admin releases without approvals, and a reviewer says afterwards that it was justified", async ({ page }) => {
  await signIn(page, "admin", "/segments/retry-soft-decline");
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Release without approvals…" }).click();
  const breaking = page.getByRole("dialog", { name: /without its approvals/ });
  const confirm = breaking.getByRole("button", { name: "Break the glass" });
  await breaking.getByLabel("Why it cannot wait").fill("PayPal charges everybody twice");
  await expect(confirm).toBeDisabled();
  await breaking.getByLabel("Type retry-soft-decline to go on").fill("retry-soft-decline");
  await confirm.click();
  await expect(breaking).toHaveCount(0);
  const banner = page.getByRole("region", { name: /was released to production without its approvals/ });
  await expect(banner).toContainText("PayPal charges everybody twice");
  await expect(banner.getByRole("button", { name: "Say whether it was justified" })).toHaveCount(0);

  await page.context().clearCookies();
  await signIn(page, "reviewer");
  await page
    .getByRole("region", { name: "Released without approvals" })
    .getByRole("link", { name: /^Look at it/ })
    .click();
  await expectAccessibleInBoth(page);
  await banner.getByRole("button", { name: "Say whether it was justified" }).click();
  const closing = page.getByRole("dialog", { name: /justified\?/ });
  await closing.getByRole("radio", { name: /^Justified/ }).check();
  await closing.getByLabel("What you found").fill("The provider confirmed it");
  await closing.getByRole("button", { name: "Close the review" }).click();
  await expect(banner).toHaveCount(0);
  await expect(page.getByRole("region", { name: /^Releases/ })).toContainText(
    "justified, Ifeoma Adeyemi: The provider confirmed it",
  );
});
