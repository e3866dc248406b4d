import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, test as base, type Cookie, expect, type Page } from "@playwright/test";

export const demoPassword = "steward-demo";

export type Person =
  | "author"
  | "author2"
  | "reviewer"
  | "reviewer2"
  | "privacy"
  | "operator"
  | "support"
  | "viewer"
  | "admin";

/** Answers below 400 are expected everywhere; a spec that provokes a refusal names the address it expects it from. */
type Watch = { readonly allowRefusal: (path: RegExp) => void };

/** Every page of every spec: an error in the console or a request that fails, fails the spec. */
export const test = base.extend<{ watch: Watch }>({
  watch: [
    async ({ context }, use) => {
      const problems: string[] = [];
      const allowed: RegExp[] = [];
      const isAllowed = (text: string) => allowed.some((path) => path.test(text));
      const watch = (page: Page) => watchPage(page, problems, isAllowed);
      context.on("page", watch);
      for (const page of context.pages()) watch(page);
      await use({ allowRefusal: (path) => allowed.push(path) });
      context.off("page", watch);
      expect(problems, "no console error and no failed request").toEqual([]);
    },
    { auto: true },
  ],
});

/**
 * As `test`, but a worker's tests come one after the other in one browser that knows the console's scripts: for visits
 * that leave nothing behind but a session.
 */
export const visit = test.extend<object, { visitor: BrowserContext }>({
  visitor: [
    async ({ browser }, use, { project }) => {
      const { baseURL, locale, timezoneId } = project.use;
      const context = await browser.newContext({
        ...(baseURL && { baseURL }),
        ...(locale && { locale }),
        ...(timezoneId && { timezoneId }),
      });
      await use(context);
      await context.close();
    },
    { scope: "worker" },
  ],
  context: async ({ visitor }, use) => {
    await visitor.clearCookies();
    await use(visitor);
  },
  page: async ({ context }, use) => {
    const page = await context.newPage();
    await use(page);
    await page.close();
  },
});

function watchPage(page: Page, problems: string[], isAllowed: (text: string) => boolean): void {
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    const place = message.location().url;
    if (!isAllowed(place)) problems.push(`console: ${message.text()} (${place})`);
  });
  page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    if (why !== "net::ERR_ABORTED") problems.push(`request failed: ${request.url()} ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !isAllowed(response.url())) {
      problems.push(`${response.status()} ${response.request().method()} ${response.url()}`);
    }
  });
}

/** What a person was given when they signed in: once in each of Playwright's workers. */
const sessions = new Map<Person, Cookie[]>();

/** Opens a page as a person: through the form that people use, and with the session from it after that. */
export async function signIn(page: Page, person: Person, path = "/"): Promise<void> {
  const session = sessions.get(person);
  if (session) {
    await page.context().addCookies(session);
    await page.goto(path);
    return;
  }
  await page.goto(`/sign-in?from=${encodeURIComponent(path)}`);
  await page.getByLabel("E-mail").fill(`${person}@demo.steward`);
  await page.getByLabel("Password", { exact: true }).fill(demoPassword);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(({ pathname }) => pathname !== "/sign-in");
  sessions.set(person, await page.context().cookies());
}

/**
 * Nothing that axe calls serious or critical. In one run within the page, as it holds no frame; of what passes, axe
 * keeps no account.
 */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNothingSerious(page, (axe) => axe.withTags(["wcag2a", "wcag2aa", "wcag21aa"]));
}

async function expectNothingSerious(page: Page, choose: (axe: AxeBuilder) => AxeBuilder): Promise<void> {
  expect(page.frames(), "frames of the page").toHaveLength(1);
  const { violations } = await choose(new AxeBuilder({ page }).options({ resultTypes: ["violations"] }))
    .setLegacyMode()
    .analyze();
  const serious = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  expect(serious, `axe on ${page.url()}`).toEqual([]);
}

/** As `expectAccessible` in light, and all that is about colours in dark: nothing else differs there. */
export async function expectAccessibleInBoth(page: Page): Promise<void> {
  await inScheme(page, "light");
  await expectAccessible(page);
  await inScheme(page, "dark");
  await expectNothingSerious(page, (axe) => axe.withRules(["color-contrast", "link-in-text-block"]));
}

async function inScheme(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
}

export { expect };
