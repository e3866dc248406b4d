import { expect, expectAccessible, type Person, signIn, test } from "./console";

const pages: readonly { readonly path: string; readonly title: RegExp; readonly person: Person }[] = [
  { path: "/", title: /Waiting for you/, person: "reviewer" },
  { path: "/segments", title: /Segments/, person: "author" },
  { path: "/reviews?waiting=all", title: /Reviews/, person: "reviewer" },
  { path: "/customers", title: /Customers/, person: "support" },
  { path: "/consumers", title: /Consumers/, person: "operator" },
  { path: "/audit", title: /Audit/, person: "admin" },
  { path: "/settings/attributes", title: /Settings/, person: "author" },
  { path: "/settings/purposes", title: /Settings/, person: "author" },
  { path: "/settings/regions", title: /Settings/, person: "author" },
  { path: "/settings/imports", title: /Settings/, person: "author" },
  { path: "/settings/imports/new", title: /Import/, person: "author" },
  { path: "/settings/environments", title: /Settings/, person: "viewer" },
  { path: "/settings/people", title: /Settings/, person: "admin" },
  { path: "/settings/tokens", title: /Settings/, person: "viewer" },
];

for (const scheme of ["light", "dark"] as const) {
  test.describe(`in ${scheme}`, () => {
    test.use({ colorScheme: scheme });
    for (const { path, title, person } of pages) {
      test(`${path} opens without an error and axe finds nothing serious`, async ({ page }) => {
        await signIn(page, person);
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
        await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
        await expectAccessible(page);
      });
    }
  });
}

test("who is not signed in is sent to the sign-in page and back to where they wanted to go", async ({ page }) => {
  await page.goto("/audit");
  await page.waitForURL(/\/sign-in\?from=%2Faudit/);
  await expectAccessible(page);
  await page.getByLabel("E-mail").fill("admin@demo.steward");
  await page.getByLabel("Password", { exact: true }).fill("steward-demo");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("/audit");
});

test("a wrong password is refused with a message that tells nothing of whether the account exists", async ({
  page,
  watch,
}) => {
  watch.allowRefusal(/\/api\/auth\/callback\/credentials/);
  for (const email of ["author@demo.steward", "nobody@demo.steward"]) {
    await page.goto("/sign-in");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill("wrong");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("alert").filter({ hasText: "E-mail or password is wrong." })).toBeVisible();
  }
});
