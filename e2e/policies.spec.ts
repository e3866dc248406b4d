import type { Page } from "@playwright/test";
import { expect, expectAccessible, signIn, test } from "./console";

/** Of a treatment that no segment of the demo has: what others review meanwhile needs what it needed. */
async function describePolicy(page: Page): Promise<void> {
  await page.getByLabel("Name").fill("Contract terms");
  await page.getByLabel("Key").fill("contract-terms");
  await page.getByRole("combobox", { name: "Treatments" }).fill("contract_terms");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "How many of role 1" }).fill("3");
  await expect(
    page.getByText(/^Asks for 3 reviewers when the treatment contract_terms changes, in Production/),
  ).toBeVisible();
}

test("an admin proposes a policy, which only somebody else applies, and the simulator shows it", async ({
  page,
  browser,
}) => {
  await signIn(page, "admin", "/settings/policies");
  const policies = page.getByRole("list", { name: "Approval policies" });
  await expect(policies.getByRole("listitem").filter({ hasText: "Billing or regulatory" })).toContainText(
    "Asks for 1 operator when its criticality is billing or regulatory, in Production.",
  );
  await page.getByRole("link", { name: "Add a policy" }).click();
  await describePolicy(page);
  const meaning = page.getByRole("complementary", { name: "What it would mean" });
  await expect(meaning).toContainText("3 reviewers asked for, 2 there");
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Why", exact: true }).fill("Three look at what binds us for years.");
  await page.getByRole("button", { name: "Propose" }).click();
  await expect(page.getByText("nothing has changed yet")).toContainText("Sofia Marchetti decides.");

  await page.getByRole("link", { name: /^change \d+$/ }).click();
  const own = page.getByRole("article", { name: /Approval policy Contract terms/ });
  await expect(own.getByRole("button", { name: /^Apply/ })).toBeDisabled();
  await expect(own).toContainText("You proposed this change: somebody else decides on it.");
  await expectAccessible(page);

  const other = await browser.newContext();
  const second = await other.newPage();
  await signIn(second, "privacy");
  await second.getByRole("link", { name: "Decide: Approval policy Contract terms" }).click();
  const change = second.getByRole("article", { name: /Approval policy Contract terms/ });
  await expect(change).toContainText("3 reviewers");
  await change.getByRole("textbox").fill("Agreed.");
  await change.getByRole("button", { name: /^Apply/ }).click();
  await expect(change).toContainText("Sofia Marchetti applied it");

  await second.goto("/settings/policies");
  await second.getByRole("combobox", { name: "Treatments that change" }).fill("contract_terms");
  await second.keyboard.press("Enter");
  await expect(second.getByRole("region", { name: "Production" })).toContainText("Production asks for 3 reviewers");
  await other.close();
});
