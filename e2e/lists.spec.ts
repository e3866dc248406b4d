import { expect, signIn, test } from "./console";

test("a list is made, filled by paste, merged with a bad line left out, and shows the segment that uses it", async ({
  page,
}) => {
  const marker = Date.now().toString(36);
  const key = `guests-${marker}`;
  await signIn(page, "author", "/lists");
  await page.getByRole("button", { name: "Add a list" }).click();
  const adding = page.getByRole("dialog", { name: "Add a list" });
  await adding.getByLabel("Name").fill(`Guests ${marker}`);
  await adding.getByLabel("Key").fill(key);
  await adding.getByRole("button", { name: "Add", exact: true }).click();
  await page.waitForURL(`/lists/${key}`);
  await expect(page.getByText("Nobody is on this list yet")).toBeVisible();

  const upload = page.getByRole("dialog", { name: `Upload to Guests ${marker}` });
  await page.getByRole("button", { name: "Upload customers" }).click();
  await upload.getByLabel("Customers").fill(idsFrom(0, 25).join("\n"));
  await expect(upload.getByRole("status")).toHaveText("25 customers");
  await upload.getByRole("button", { name: "See what changes" }).click();
  await upload.getByRole("button", { name: "Upload as v1" }).click();
  await expect(upload).toBeHidden();
  await expect(page.getByRole("region", { name: /^Versions/ }).getByRole("row")).toHaveCount(2);

  await page.getByRole("button", { name: "Upload customers" }).click();
  const lines = ["id,expires_at", ...idsFrom(20, 45), "g-100,soon", "g-041"];
  await upload.getByLabel("Customers").fill(lines.join("\n"));
  await expect(upload.getByRole("status")).toHaveText("25 customers, 1 repeated, 1 left out");
  await expect(upload.getByRole("list", { name: "What is left out" })).toContainText("Line 27");
  await upload.getByRole("textbox", { name: "Note" }).fill("The second round");
  await upload.getByRole("button", { name: "See what changes" }).click();
  await expect(upload).toContainText(/New on the list20/);
  await expect(upload).toContainText(/Left out1/);
  await upload.getByRole("button", { name: "Upload as v2" }).click();
  await expect(upload).toBeHidden();
  await expect(page.getByRole("row").filter({ hasText: "The second round" })).toContainText("merged");

  const document = {
    ...{ key, name: `Guests ${marker}`, purposes: ["contract"], regions: ["eu"] },
    definition: { rule: { all: [{ list: key, operator: "listed" }] } },
  };
  const made = await page.request.post("/api/v1/segments", {
    data: { document },
    headers: { origin: originOf(page.url()) },
  });
  expect(made.status()).toBe(201);
  await page.reload();
  const use = page.getByRole("region", { name: /^Used by/ });
  await use.getByRole("link", { name: `Guests ${marker}` }).click();
  await page.waitForURL(`/segments/${key}`);
  const references = page.getByRole("region", { name: /^Refers to/ });
  await expect(references.getByRole("link", { name: `Guests ${marker}` })).toHaveAttribute("href", `/lists/${key}`);
});

test("who may look customers up sees who is on a list, and takes it away as a file", async ({ page }) => {
  await signIn(page, "support", "/lists/press");
  const customers = page.getByRole("region", { name: /^Customers/ });
  const first = customers.getByRole("link", { name: /^c_/ }).first();
  const id = await first.textContent();
  await customers.getByRole("textbox", { name: "Customer id on the list" }).fill(id ?? "");
  await expect(customers.getByRole("link", { name: /^c_/ })).toHaveCount(1);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    customers.getByRole("link", { name: /^Download v\d+ as CSV$/ }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^press-v\d+\.csv$/);
});

function idsFrom(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => `g-${String(from + index).padStart(3, "0")}`);
}

function originOf(url: string): string {
  return new URL(url).origin;
}
