import { expect, expectAccessible, signIn, test } from "./console";

test("an operator empties a live segment with a reason, sees it marked, and brings it back by a rollback", async ({
  page,
}) => {
  await signIn(page, "operator", "/segments/newsletter-weekly");
  const environments = page.getByRole("region", { name: "Environments" });
  await expect(environments).toContainText("v5");

  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Empty it…" }).click();
  const emptying = page.getByRole("dialog", { name: /Empty Newsletter, weekly in production/ });
  await expect(emptying).toContainText(/All [\d,]+ members leave at once/);
  await expect(emptying.getByRole("button", { name: "Empty it now" })).toBeDisabled();
  await expectAccessible(page);
  await emptying.getByLabel("Why").fill("The sender writes to everyone twice");
  await emptying.getByRole("button", { name: "Empty it now" }).click();
  await expect(environments).toContainText("emptied");

  await page.getByRole("button", { name: "Roll back…" }).click();
  const rolling = page.getByRole("dialog", { name: /Roll Newsletter, weekly back in production/ });
  await rolling.getByLabel("Why").fill("The sender is mended");
  await rolling.getByRole("button", { name: /^Roll back to v5/ }).click();
  await expect(rolling).toHaveCount(0);
  await expect(environments).not.toContainText("emptied");
});

test("a reviewer is offered neither the kill switch nor a rollback", async ({ page }) => {
  await signIn(page, "reviewer", "/segments/newsletter-weekly");
  await page.getByRole("button", { name: "More actions" }).click();
  await expect(page.getByRole("menuitem", { name: "Release…" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Empty it…" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Roll back…" })).toHaveCount(0);
});
