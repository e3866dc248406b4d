import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectAccessibleInBoth, type Person, signIn, test, visit } from "./console";

type Place = {
  readonly path: string | ((page: Page) => Promise<string>);
  readonly name?: string;
  readonly title: RegExp;
  readonly person: Person;
};

test.describe.configure({ mode: "parallel" });

const places: readonly Place[] = [
  { path: "/", title: /Waiting for you/, person: "reviewer" },
  { path: "/segments", title: /Segments/, person: "author" },
  { path: "/segments/new", title: /segment/i, person: "author" },
  { path: "/segments/winback-lapsed-premium", title: /Win-back/, person: "viewer" },
  { path: "/segments/winback-lapsed-premium/versions", title: /Win-back/, person: "viewer" },
  { path: "/segments/student-discount-2027/draft", title: /Student discount/, person: "author" },
  { path: "/reviews?waiting=all", title: /Reviews/, person: "reviewer" },
  { path: firstReview, name: "a review", title: /./, person: "reviewer" },
  { path: "/lists", title: /Lists/, person: "author" },
  { path: "/lists/press", title: /Press/, person: "support" },
  { path: "/segments/early-access", title: /Early access/, person: "viewer" },
  { path: "/customers", title: /Customers/, person: "support" },
  { path: firstCustomer, name: "a customer", title: /c_/, person: "support" },
  { path: "/customers/requests", title: /Requests/, person: "privacy" },
  { path: "/releases", title: /Releases/, person: "operator" },
  { path: "/inbox", title: /Inbox/, person: "reviewer" },
  { path: "/consumers", title: /Consumers/, person: "operator" },
  { path: "/audit", title: /Audit/, person: "admin" },
  { path: "/settings/attributes", title: /Settings/, person: "author" },
  { path: "/settings/events", title: /Settings/, person: "author" },
  { path: "/settings/models", title: /Settings/, person: "author" },
  { path: "/settings/purposes", title: /Settings/, person: "author" },
  { path: "/settings/regions", title: /Settings/, person: "author" },
  { path: "/settings/imports", title: /Settings/, person: "author" },
  { path: "/settings/imports/new", title: /Import/, person: "author" },
  { path: "/settings/data-quality", title: /Settings/, person: "operator" },
  { path: "/settings/webhooks", title: /Settings/, person: "admin" },
  { path: "/settings/environments", title: /Settings/, person: "viewer" },
  { path: "/settings/policies", title: /Settings/, person: "viewer" },
  { path: "/settings/policies/production", title: /Production/, person: "admin" },
  { path: "/settings/labels", title: /Settings/, person: "privacy" },
  { path: "/settings/changes", title: /Settings/, person: "privacy" },
  { path: "/settings/people", title: /Settings/, person: "admin" },
  { path: "/settings/tokens", title: /Settings/, person: "viewer" },
];

for (const { path, name, title, person } of places) {
  visit(`${name ?? path} opens without an error, and axe finds nothing serious in light or dark`, async ({ page }) => {
    await open(page, person, path);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page.getByText("Loading", { exact: true })).toHaveCount(0);
    await expectAccessibleInBoth(page);
  });
}

async function open(page: Page, person: Person, path: Place["path"]): Promise<void> {
  if (typeof path === "string") return signIn(page, person, path);
  await signIn(page, person);
  await page.goto(await path(page));
}

async function firstReview(page: Page): Promise<string> {
  const answer = await page.request.get("/api/v1/reviews?waiting=all");
  return `/reviews/${(await answer.json()).items[0].version.id}`;
}

async function firstCustomer(page: Page): Promise<string> {
  const answer = await page.request.get("/api/v1/customers?query=c_");
  return `/customers/${(await answer.json()).items[0].id}`;
}

test("an address that leads nowhere says so within the frame", async ({ page, watch }) => {
  watch.allowRefusal(/\/nowhere$/);
  await signIn(page, "viewer", "/nowhere");
  await expect(page.getByRole("navigation", { name: "Console" })).toBeVisible();
  await expectAccessible(page);
});

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
