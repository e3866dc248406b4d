import type { Browser, Page } from "@playwright/test";
import { expect, expectAccessible, type Person, signIn, test } from "./console";

const suffix = Date.now().toString(36);
const key = `risky-${suffix}`;
const name = `Everyone's interests ${suffix}`;

/** Many customers, by an attribute labelled personal: two reviewers and privacy are asked. */
const document = {
  key,
  name,
  owner: { team: "growth", person: "author@demo.steward" },
  purposes: ["contract"],
  regions: ["eu", "us"],
  definition: {
    rule: {
      all: [
        { attribute: "interests", operator: "is_set" },
        { attribute: "plan", operator: "is_set" },
      ],
    },
  },
};

async function asPerson(browser: Browser, person: Person, path: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, person, path);
  return page;
}

/** A call of the console's own API, as the person of the page. */
function call(page: Page, method: string, path: string, body?: unknown) {
  return page.evaluate(
    async (asked) => {
      const response = await fetch(asked.path, {
        method: asked.method,
        headers: { "content-type": "application/json" },
        ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
      });
      const answer = await response.json();
      if (!response.ok) throw new Error(JSON.stringify(answer));
      return answer;
    },
    { method, path, body },
  );
}

async function approve(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Approve v1/ }).click();
  await expect(
    page.getByText("You have approved", { exact: false }).or(page.getByText("approved this content").first()).first(),
  ).toBeVisible();
}

test("a risky change is approved by two reviewers and privacy, and an edit voids the first approval in front of the second reviewer", async ({
  browser,
}) => {
  const author = await asPerson(browser, "author", "/");
  const { version } = await call(author, "POST", "/api/v1/segments", { document });
  await call(author, "POST", `/api/v1/versions/${version.id}/submit`, { note: "Everybody who told us what they like" });
  const path = `/reviews/${version.id}`;

  const first = await asPerson(browser, "reviewer", path);
  const asked = first.getByRole("region", { name: /^Approvals/ });
  await expect(asked).toContainText("0 of 2 from reviewers");
  await expect(asked).toContainText("0 of 1 from privacy");
  await approve(first);
  await expect(asked).toContainText("1 of 2 from reviewers");

  const second = await asPerson(browser, "reviewer2", path);
  await expect(second.getByRole("region", { name: /^Approvals/ })).toContainText("1 of 2 from reviewers");
  await second
    .getByRole("button", { name: /^Comment on .*Interests/ })
    .first()
    .click();
  await second.getByRole("textbox", { name: /^Comment on .*Interests/ }).fill("Do we need everybody here?");
  await second.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(second.getByText("Do we need everybody here?")).toBeVisible();
  await expectAccessible(second);

  const opened = await call(author, "GET", `/api/v1/versions/${version.id}`);
  const edited = { ...opened.version.document, description: "Only those who said so themselves." };
  await call(author, "PUT", `/api/v1/segments/${key}/draft`, {
    document: edited,
    basedOn: opened.version.draftRevision,
  });
  await expect(second.getByText("Version 1 has changed since you opened it")).toBeVisible();
  await expect(second.getByText("An approval of the earlier content is void.", { exact: false })).toBeVisible();
  await expect(second.getByRole("button", { name: /^Approve v1/ })).toHaveCount(0);
  await second.getByRole("button", { name: "I have seen it" }).click();

  await call(author, "POST", `/api/v1/versions/${version.id}/submit`, { note: "As asked" });
  for (const [before, page] of [first, second].entries()) {
    await page.goto(path);
    const given = page.getByRole("region", { name: /^Approvals/ });
    await expect(given).toContainText(`${before} of 2 from reviewers`);
    await approve(page);
    await expect(given).toContainText(`${before + 1} of 2 from reviewers`);
  }
  await expect(second.getByText("Approved", { exact: true })).toHaveCount(0);
  const privacy = await asPerson(browser, "privacy", path);
  await approve(privacy);
  await expect(privacy.getByText("Approved", { exact: true }).first()).toBeVisible();

  const operator = await asPerson(browser, "operator", path);
  await operator.getByRole("button", { name: /Release v1 to production/ }).click();
  await expect(operator.getByText(/is live in production from revision/)).toBeVisible();
});
