import { gzipSync } from "node:zlib";
import { expect, signIn, test } from "./console";

test.describe("importing customers from a file", () => {
  test("a file is shown, its columns are mapped, the good rows come in and the bad ones are named", async ({
    page,
  }) => {
    const marker = Date.now().toString(36);
    const rows = [
      "Customer,Plan,Support tickets,Region,Loyalty",
      `${marker}-001,premium,3,eu,12`,
      `${marker}-002,free,,uk,4`,
      `${marker}-003,pro,many,eu,9`,
      `${marker}-004,pro,1,atlantis,9`,
    ];
    await signIn(page, "author", "/settings/imports/new");
    await page.setInputFiles("input[type=file]", {
      name: "customers.csv.gz",
      mimeType: "application/gzip",
      buffer: gzipSync(rows.join("\n")),
    });
    const columns = page.getByRole("table", { name: "Columns" });
    await expect(columns.getByRole("row")).toHaveCount(6);
    await expect(page.getByRole("combobox", { name: "What Customer becomes" })).toHaveValue("Customer id");
    await expect(page.getByRole("combobox", { name: "What Region becomes" })).toHaveValue("Region");
    await page.getByRole("combobox", { name: "What Loyalty becomes" }).click();
    await page.getByRole("option", { name: "Leave out" }).click();
    await expect(page.getByRole("textbox", { name: "Key of Support tickets" })).toHaveValue("support_tickets_90d");
    await page.getByRole("button", { name: "Import", exact: true }).click();

    await expect(page.getByRole("region", { name: /customers\.csv\.gz/ })).toContainText("Accepted2");
    const rejects = page.getByRole("region", { name: /Rejects/ });
    await expect(rejects).toContainText("many");
    await expect(rejects).toContainText("atlantis");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      rejects.getByRole("link", { name: /Download/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    await page.goto("/settings/imports");
    await expect(page.getByRole("link", { name: "customers.csv.gz" }).first()).toBeVisible();
  });

  test("a file that is no table is refused with the reason, and nothing is stored", async ({ page, watch }) => {
    watch.allowRefusal(/\/api\/v1\/imports\/preview$/);
    await signIn(page, "author", "/settings/imports/new");
    await page.setInputFiles("input[type=file]", {
      name: "picture.csv",
      mimeType: "text/csv",
      buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0, 1, 2, 3]),
    });
    await expect(page.getByRole("alert").filter({ hasText: "This file cannot be read" })).toBeVisible();
  });
});
