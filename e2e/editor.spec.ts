import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, expectAccessibleInBoth, signIn, test } from "./console";

/** Unique to the run, so that the spec can be run again against the same server. */
const suffix = Date.now().toString(36);

async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.getByRole("option", { name: option }).first().click();
}

/** As the clipboard would give it to the field that has the focus. */
async function paste(field: Locator, text: string): Promise<void> {
  await field.focus();
  await field.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

test("an author starts from a template, drags, undoes, edits the tree, pastes, tests and refers", async ({ page }) => {
  await signIn(page, "author", "/segments/new?from=template");
  await page.getByRole("radio", { name: "Premium tier" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(`Premium ${suffix}`);
  await choose(page, "Purposes", "Contract");
  await choose(page, "Regions", "European Union");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Create and open the draft" }).click();
  await page.waitForURL(`/segments/premium-${suffix}/draft`);
  const rule = page.getByRole("region", { name: "Rule", exact: true });
  const sentence = rule.getByText(/^Customers/);
  await expect(sentence).toContainText("whose plan is");

  await rule.getByRole("button", { name: "Condition" }).first().click();
  await choose(page, "Attribute of condition 2", "Second factor");
  await expect(sentence).toHaveText(/plan is .*second factor is yes/);
  await page.locator('[data-path="[0]"]').hover();
  await page.locator('[data-path="[0]"] [data-drag-handle]').dragTo(page.locator('[data-path="[1]"]'));
  await expect(sentence).toHaveText(/second factor is yes.*plan is/);
  await expect(rule.getByRole("status").filter({ hasText: "Condition 1 is now condition 2." })).toBeAttached();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(sentence).toHaveText(/plan is .*second factor is yes/);

  const view = page.getByRole("radiogroup", { name: "View of the rule" });
  await view.getByText("JSON", { exact: true }).click();
  const tree = rule.getByRole("textbox", { name: "Rule as JSON" });
  const text = await tree.inputValue();
  await tree.fill(text.replace('"in"', '"inside"'));
  await expect(rule.getByText(/^Line 5: The operator "inside" cannot be used/)).toBeVisible();
  await tree.fill(text.replace('"equals"', '"is_set"').replace(/,\s*"value": true/, ""));
  await expect(sentence).toContainText("second factor is set");
  await view.getByText("CEL", { exact: true }).click();
  await expect(page).toHaveURL(/view=cel/);
  await expect(rule.getByRole("textbox", { name: "Rule as CEL" })).toHaveValue(/"two_factor" in attributes/);
  await view.getByText("Builder", { exact: true }).click();

  const values = page.getByRole("combobox", { name: "Values of condition 1" });
  await paste(values, "gold\npremium;silver\tgold");
  await expect(rule.getByText("2 values added, 2 repeated")).toBeVisible();
  await expect(sentence).toContainText("silver");

  await page.getByRole("button", { name: "Edit Made-up customers" }).click();
  await page.getByRole("button", { name: "Add a test" }).click();
  await expect(page.getByRole("region", { name: "Tests" })).toContainText("0 of 1 pass");
  await page.getByRole("button", { name: "Add the rule’s 2" }).click();
  await page.getByRole("textbox", { name: "Value of Plan" }).fill("silver");
  await expect(page.getByRole("region", { name: "Tests" })).toContainText("1 of 1 pass");

  await rule.getByRole("button", { name: "Condition" }).first().click();
  await choose(page, "Attribute of condition 3", /^Segment/);
  await expect(sentence).toContainText("a segment to be chosen");
  await choose(page, "Segment of condition 3", /Newsletter/);
  await expect(sentence).toContainText("Newsletter");
  await expect(rule.getByRole("link", { name: /^Open Newsletter.*, version \d+/ })).toBeVisible();
  await expect(page.getByRole("table", { name: "Funnel" })).toContainText("In Newsletter");
  await expect(page.getByRole("status").filter({ hasText: /Saved/ })).toBeVisible();
  await expectAccessibleInBoth(page);
});

test("the preview says why customers enter and leave, and splits the members by what the address names", async ({
  page,
}) => {
  await signIn(page, "support", "/segments/winback-lapsed-premium/draft");
  const causes = page.getByRole("table", { name: "Causes" });
  await expect(causes.getByRole("row", { name: /^Regions .*\+[\d,]+$/ })).toBeVisible();
  await choose(page, "Attribute to split the members by", "Plan");
  await expect(page).toHaveURL(/by=plan/);
  await expect(page.getByRole("region", { name: "Members by" }).getByText("business")).toBeVisible();
  await expect(page.getByRole("table", { name: "Overlaps" })).toContainText("Dormant 180 days");
  await page.getByRole("button", { name: /^Show \d+ of them/ }).click();
  const moving = page.getByRole("dialog", { name: "Some of those who move" });
  await expect(moving.getByRole("link", { name: /^c_/ }).first()).toBeVisible();
  await expectAccessible(page);
});

test("a pasted list of ids becomes a managed list and a segment of those who are on it", async ({ page }) => {
  await signIn(page, "author", "/segments/new?from=ids");
  await page.getByRole("textbox", { name: "Customer ids" }).fill(`c_1, c_2\n${"x".repeat(201)}\nc_1`);
  await expect(page.getByText("2 customers, 1 repeated, 1 left out")).toBeVisible();
  await expect(page.getByText(/^Line 2: The id has 201 characters/)).toBeVisible();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(`Invited ${suffix}`);
  await page.getByRole("button", { name: "Create and open the draft" }).click();
  await page.waitForURL(`/segments/invited-${suffix}/draft`);
  await expect(page.getByText(`Customers on Invited ${suffix}.`)).toBeVisible();
  await expect(page.getByRole("link", { name: `Open Invited ${suffix}, version 1, in a new tab` })).toBeVisible();
});
