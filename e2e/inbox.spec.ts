import type { Page } from "@playwright/test";
import { expect, expectAccessible, signIn, test } from "./console";

const segment = "/api/v1/segments/top-spenders";

test("a reviewer is told of a change that waits, reads it by the keyboard, and the bell counts down", async ({
  browser,
  page,
}) => {
  const author = await browser.newContext().then((context) => context.newPage());
  await signIn(author, "author");
  const opened = await call(author, "POST", `${segment}/draft`, {});
  const document = { ...opened.version.document, description: "Who spent the most, in words of their own." };
  const saved = await call(author, "PUT", `${segment}/draft`, { document, basedOn: opened.version.draftRevision });
  await call(author, "POST", `/api/v1/versions/${saved.version.id}/submit`, { note: "Plainer words" });

  await signIn(page, "reviewer2");
  const title = new RegExp(`v${saved.version.number} waits for your review`);
  const bell = page.getByRole("button", { name: /^Inbox, \d+ unread$/ });
  await bell.click();
  const newest = page.getByRole("dialog", { name: "Newest notices" });
  await expect(newest.getByRole("link", { name: title })).toContainText("Plainer words");
  await expectAccessible(page);
  await newest.getByRole("link", { name: "All notices" }).click();

  const notice = page.getByRole("list", { name: "Notices" }).getByRole("link", { name: title });
  await expect(notice).toBeVisible();
  await page.keyboard.press("j");
  await expect(notice).toBeFocused();
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

type Answer = { version: { id: string; number: number; draftRevision: number; document: Record<string, unknown> } };

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
