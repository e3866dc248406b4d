import type { Browser, Page } from "@playwright/test";
import { expect, expectAccessible, expectAccessibleInBoth, type Person, signIn, test } from "./console";

const segment = "residency-eu";

/** As the pages call it, with the session of whoever is signed in. */
async function call(page: Page, method: "POST" | "PUT", path: string, data: unknown) {
  const headers = { origin: new URL(page.url()).origin };
  const answer = await page.request.fetch(`/api/v1/${path}`, { method, data, headers });
  expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
  return answer.json();
}

async function asPerson(browser: Browser, person: Person, act: (page: Page) => Promise<unknown>): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, person, "/inbox");
  await act(page);
  await context.close();
}

function rollBack(browser: Browser, toVersion: number, reason: string): Promise<void> {
  return asPerson(browser, "operator", (page) =>
    call(page, "POST", `segments/${segment}/rollback`, { environment: "production", toVersion, reason }),
  );
}

test("any two versions are compared, and each condition says who added it", async ({ page }) => {
  await signIn(page, "viewer", `/segments/${segment}/versions`);
  await page.getByRole("checkbox", { name: "Compare v2" }).check();
  await page.getByRole("checkbox", { name: "Compare v3" }).check();
  await page.getByRole("link", { name: "Compare v2 with v3" }).click();
  await page.waitForURL(`/segments/${segment}/compare?from=v2&to=v3`);
  const changes = page.getByRole("region", { name: "What changes" });
  await expect(changes).toContainText("None of: plan is now required.");
  const sides = page.getByRole("region", { name: "Both sides" });
  await expect(sides.getByRole("row", { name: /Approved by/ })).toContainText("Ifeoma Adeyemi");
  await page.getByRole("button", { name: "Count both now" }).click();
  await expect(sides.getByRole("row", { name: /Members now/ })).toContainText(/\d,\d{3}.*\d,\d{3}/);
  await expectAccessibleInBoth(page);
  await page.getByRole("button", { name: "Turn round" }).click();
  await expect(page).toHaveURL(/from=v3&to=v2$/);
  await expect(changes).toContainText("None of: plan is no longer required.");

  await page.goto(`/segments/${segment}`);
  await page.getByRole("switch", { name: "Who added this" }).check();
  const rule = page.getByRole("region", { name: "Rule", exact: true });
  await expect(rule.getByRole("listitem").filter({ hasText: /^Country/ })).toContainText("v2 Tobias Lindgren");
  await expect(rule.getByRole("listitem").filter({ hasText: /^Plan/ })).toContainText("v3 Tobias Lindgren");
  await expect(rule.getByRole("listitem").filter({ hasText: /^Treatments/ })).toContainText("v4 Tobias Lindgren");
  await expectAccessible(page);
});

test("a draft is put onto what went live since: what one side changed merges, what both did is chosen", async ({
  browser,
  page,
}) => {
  await signIn(page, "author2", `/segments/${segment}`);
  const { version } = await call(page, "POST", `segments/${segment}/draft`, {});
  const description = "Customers whose data stays in the Union.";
  const treatments = { ...version.document.treatments, pool: "gw-eu-3" };
  const document = { ...version.document, description, treatments };
  await call(page, "PUT", `segments/${segment}/draft`, { document, basedOn: version.draftRevision });
  await rollBack(browser, 3, "The new pool is full");

  await page.goto(`/segments/${segment}/draft`);
  await expect(page.getByText(/Version 3 went live since this draft was opened from v4/)).toBeVisible();
  await expect(page.getByRole("complementary", { name: "Preview" })).toContainText("against v3 live");
  await page.getByRole("button", { name: "Rebase…" }).click();
  const dialog = page.getByRole("dialog", { name: "Rebase onto v3?" });
  const confirm = dialog.getByRole("button", { name: "Rebase onto v3" });
  await expect(dialog).toContainText("Stays as in your draft: description");
  await expect(confirm).toBeDisabled();
  await expectAccessibleInBoth(page);
  await dialog.getByRole("radio", { name: "Treatments: pool: yours" }).check();
  await confirm.click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(/Version 3 went live since/)).toHaveCount(0);
  await expect(page.getByText("Draft, from v3")).toBeVisible();
  await expect(page.getByText("gw-eu-3").first()).toBeVisible();

  await call(page, "POST", `versions/${version.id}/withdraw`, { note: "Only to try the rebase" });
  await rollBack(browser, 4, "There is room again");
});
