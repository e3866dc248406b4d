import type { APIRequestContext, Browser, Page } from "@playwright/test";
import { expect, expectAccessible, type Person, signIn, test } from "./console";

/** Unique to the run, so that the spec can be run again against the same server. */
const suffix = Date.now().toString(36);
const segment = { name: `Quiet premium ${suffix}`, key: `quiet-premium-${suffix}` };

async function asPerson(browser: Browser, person: Person, path: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, person, path);
  return page;
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.getByRole("option", { name: option }).first().click();
}

test.describe
  .serial("the main job, from a draft to a pull and a lookup", () => {
    let reviewAddress = "";
    let secret = "";

    test("an author drafts with the builder and sees the counts while the draft saves itself", async ({ page }) => {
      await signIn(page, "author", "/segments/new");
      await page.getByRole("textbox", { name: "Name", exact: true }).fill(segment.name);
      await expect(page.getByRole("textbox", { name: "Key", exact: true })).toHaveValue(segment.key);
      await choose(page, "Purposes", "Contract");
      await page.keyboard.press("Escape");
      await choose(page, "Regions", "European Union");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Create and open the draft" }).click();
      await page.waitForURL(`/segments/${segment.key}/draft`);

      await page.getByRole("button", { name: "Condition" }).first().click();
      await choose(page, "Attribute of condition 1", "Plan");
      await choose(page, "Comparison of condition 1", "is one of");
      const values = page.getByRole("combobox", { name: "Values of condition 1" });
      await values.fill("premium");
      await values.press("Enter");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Condition" }).first().click();
      await choose(page, "Attribute of condition 2", "Support tickets");
      await choose(page, "Comparison of condition 2", "at most");
      await page.getByRole("textbox", { name: "Value of condition 2" }).fill("1");

      await expect(page.getByText(/plan is premium/i).first()).toBeVisible();
      await expect(page.getByRole("region", { name: "Members" }).locator("output")).toHaveText(/^[1-9][\d,]*$/);
      await expect(page.getByRole("table", { name: "Funnel" }).or(page.getByLabel("Funnel")).first()).toContainText(
        "Everyone",
      );
      await expect(page.getByRole("status").filter({ hasText: /Saved/ })).toBeVisible();
      await expectAccessible(page);
      await page.reload();
      await expect(page.getByText(/plan is premium/i).first()).toBeVisible();
    });

    test("the author submits, and cannot approve their own version", async ({ page, watch }) => {
      await signIn(page, "author", `/segments/${segment.key}/draft`);
      await expect(page.getByRole("region", { name: "Members" }).locator("output")).toHaveText(/^[1-9][\d,]*$/);
      await page.getByRole("button", { name: "Submit for review" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("What changes, and why").fill("Premium customers who hardly ask for help");
      await dialog.getByRole("button", { name: "Submit for review" }).click();
      await page.waitForURL(/\/reviews\/.+/);
      reviewAddress = new URL(page.url()).pathname;

      const panel = page.getByRole("complementary", { name: /verdict/i });
      await expect(panel.getByRole("button", { name: /^Approve/ })).toHaveCount(0);
      watch.allowRefusal(/\/verdicts$/);
      const id = reviewAddress.split("/").at(-1);
      const shown = await page.evaluate(async (version) => {
        const review = await (await fetch(`/api/v1/versions/${version}`)).json();
        const answer = await fetch(`/api/v1/versions/${version}/verdicts`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ verdict: "approve", contentHash: review.version.contentHash }),
        });
        return { status: answer.status, problem: await answer.json() };
      }, id);
      expect(shown.status).toBe(403);
    });

    test("a reviewer sees the change, the counts and approves, and so does a second one, as many move", async ({
      browser,
    }) => {
      const page = await asPerson(browser, "reviewer", "/reviews");
      await page.getByRole("link", { name: segment.name }).click();
      await page.waitForURL(reviewAddress);
      await expect(page.getByRole("region", { name: "Rule" })).toContainText("Plan is one of premium");
      await expect(page.getByRole("region", { name: "Evidence" })).toContainText("Members");
      await expectAccessible(page);
      await page.getByLabel("Comment", { exact: true }).fill("Small, clear, and the counts hold.");
      await page.getByRole("button", { name: /^Approve v1/ }).click();
      await expect(page.getByRole("region", { name: /^Approvals/ })).toContainText("1 of 2 from reviewers");
      await page.context().close();
      const second = await asPerson(browser, "reviewer2", reviewAddress);
      await second.getByRole("button", { name: /^Approve v1/ }).click();
      await expect(second.getByText("Approved", { exact: true }).first()).toBeVisible();
      await second.context().close();
    });

    test("an operator releases it to production and creates a key for a consumer", async ({ browser }) => {
      const page = await asPerson(browser, "operator", reviewAddress);
      await page.getByRole("button", { name: /Release v1 to production/ }).click();
      await expect(page.getByText(/is live in production from revision/)).toBeVisible();

      await page.goto("/consumers");
      await page.getByRole("button", { name: "Register a consumer" }).click();
      const registering = page.getByRole("dialog");
      await registering.getByRole("textbox", { name: "Name" }).fill(`Reader ${suffix}`);
      await registering.getByRole("textbox", { name: "Key", exact: true }).fill(`reader-${suffix}`);
      await registering.getByRole("button", { name: "Register" }).click();
      await page
        .getByRole("region", { name: new RegExp(`Reader ${suffix}`) })
        .getByRole("button", { name: "Create a key" })
        .click();
      const creating = page.getByRole("dialog");
      for (const [label, option] of [
        ["Regions", "European Union"],
        ["Purposes", "Contract"],
        ["Rights", "customers"],
      ] as const) {
        await creating.getByRole("combobox", { name: label }).press("ArrowDown");
        await page.getByRole("option", { name: option }).click();
        await page.keyboard.press("Escape");
      }
      await creating.getByRole("button", { name: "Create the key" }).click();
      secret = (await page.getByTestId("secret").textContent()) ?? "";
      expect(secret).toMatch(/^stw_/);
      await page.context().close();
    });

    test("a key pulls the bundle with the segment in it, and gets 304 on the second pull", async ({ request }) => {
      const first = await pull(request, secret);
      expect(first.status()).toBe(200);
      const bundle = await first.json();
      expect(bundle.segments.map((each: { key: string }) => each.key)).toContain(segment.key);
      const second = await pull(request, secret, first.headers().etag);
      expect(second.status()).toBe(304);
    });

    test("support looks up a member and a near miss and sees the right reasons", async ({ browser }) => {
      const { member, miss } = await findCustomers(browser);
      const page = await asPerson(browser, "support", `/customers/${member}`);
      const segments = page.getByRole("region", { name: /^Segments/ });
      await segments.getByRole("button", { name: new RegExp(segment.name) }).click();
      await expect(segments.getByText("Plan premium").first()).toBeVisible();
      await expectAccessible(page);

      await page.goto(`/customers/${miss}`);
      const almost = page.getByRole("region", { name: /^Almost, or denied/ });
      await expect(almost.getByRole("button", { name: new RegExp(segment.name) })).toContainText(
        "fails only: Plan premium",
      );
      await page.context().close();
    });
  });

function pull(request: APIRequestContext, key: string, etag?: string) {
  return request.get("/feed/v1/production/bundle", {
    headers: { authorization: `Bearer ${key}`, ...(etag ? { "if-none-match": etag } : {}) },
  });
}

/** A premium customer of the EU with at most one ticket, and one of another plan, found as support would: by looking. */
async function findCustomers(browser: Browser): Promise<{ member: string; miss: string }> {
  const page = await asPerson(browser, "support", "/customers");
  const found = await page.evaluate(async (key) => {
    type Lookup = { segments: { key: string }[]; nearMisses: { key: string; because: string }[] };
    const found: { member?: string; miss?: string } = {};
    for (const digit of "0123456789abcdef") {
      const list = await (await fetch(`/api/v1/customers?query=c_${digit}`)).json();
      for (const { id } of list.items as { id: string }[]) {
        const lookup: Lookup = await (await fetch(`/api/v1/customers/${id}?environment=production`)).json();
        if (lookup.segments.some((each) => each.key === key)) found.member ??= id;
        const near = lookup.nearMisses.find((each) => each.key === key);
        if (near && /Plan premium/.test(near.because)) found.miss ??= id;
        if (found.member && found.miss) return found;
      }
    }
    return found;
  }, segment.key);
  await page.context().close();
  if (!found.member || !found.miss) throw new Error("The demo's customers hold no member and near miss.");
  return { member: found.member, miss: found.miss };
}
