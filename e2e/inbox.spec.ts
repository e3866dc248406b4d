import type { Page } from "@playwright/test";
import { expect, expectAccessible, signIn, test } from "./console";

const segment = "/api/v1/segments/second-factor-nudge";

test("a reviewer is told of a change that waits, and works through the inbox by the keyboard", async ({
  browser,
  page,
}) => {
  const author = await browser.newContext().then((context) => context.newPage());
  await signIn(author, "author");
  const opened = await call(author, "POST", `${segment}/draft`, {});
  const document = {
    ...opened.version.document,
    description: "Who is asked to add a second factor, in plainer words.",
  };
  const saved = await call(author, "PUT", `${segment}/draft`, { document, basedOn: opened.version.draftRevision });
  await call(author, "POST", `/api/v1/versions/${saved.version.id}/submit`, { note: "Plainer words" });

  await signIn(page, "reviewer2");
  const title = `${saved.version.document.name} v${saved.version.number} waits for your review`;
  const bell = page.getByRole("button", { name: /^Inbox, \d+ unread$/ });
  await bell.click();
  const newest = page.getByRole("dialog", { name: /^Inbox/ });
  await expect(newest.getByRole("link", { name: title })).toContainText("Plainer words");
  await expectAccessible(page);
  await newest.getByRole("link", { name: "All notices" }).click();

  const notices = page.getByRole("list", { name: "Notices" }).getByRole("link");
  const notice = notices.filter({ hasText: title });
  await expect(notice).toBeVisible();
  await page.keyboard.press("j");
  await expect(notices.first()).toBeFocused();
  await notice.focus();
  await page.keyboard.press("e");
  await expect(notice).toHaveCount(0);
  await page.getByText("All", { exact: true }).click();
  await expect(notice).toBeVisible();
  await expectAccessible(page);
  await notice.click();
  await expect(page).toHaveURL(`/reviews/${saved.version.id}`);

  await call(author, "POST", `/api/v1/versions/${saved.version.id}/withdraw`, {});
  await author.context().close();
});

type Answer = { version: { id: string; number: number; draftRevision: number; document: { name: string } } };

/** As the page itself would call. */
function call(page: Page, method: string, path: string, body: unknown): Promise<Answer> {
  return page.evaluate(
    async (asked) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(asked.path, { method: asked.method, headers, body: JSON.stringify(asked.body) });
      if (!answer.ok) throw new Error(await answer.text());
      return await answer.json();
    },
    { method, path, body },
  );
}
