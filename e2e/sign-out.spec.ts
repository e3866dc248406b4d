import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { changeAnswerSchema, changeListSchema } from "../lib/changes/contract";
import { expect, expectAccessible, signIn, test } from "./console";

test("an open page leaves by itself when its person is disabled, and says why", async ({ browser, page, watch }) => {
  watch.allowRefusal(/\/api\/v1\/|\/api\/auth\/callback/);
  const leaver = await addAuthor(page);
  const theirs = await (await browser.newContext()).newPage();
  await theirs.clock.install();
  await enter(theirs, leaver);
  await theirs.waitForURL("/");
  await theirs.goto("/segments");
  await expect(theirs.getByRole("heading", { name: "Segments", exact: true })).toBeVisible();

  await page.goto("/settings/people");
  await page.getByRole("button", { name: `Disable ${leaver.name}` }).click();
  const dialog = page.getByRole("dialog", { name: `Disable ${leaver.name}?` });
  await expect(dialog).toContainText("They are out at once");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Disable", exact: true }).click();
  await expect(page.getByRole("row", { name: leaver.name })).toContainText("not since");

  await theirs.clock.fastForward(31_000);
  await theirs.waitForURL("/sign-in?from=%2Fsegments&why=person-disabled");
  await expect(theirs.getByText("Your account here was disabled.")).toBeVisible();
  await expectAccessible(theirs);
  await enter(theirs, leaver);
  await expect(theirs.getByText("Your account here was disabled.")).toBeVisible();
  await theirs.context().close();
});

test("signing out in one tab takes the other tabs along, and signing in leads back", async ({
  context,
  page,
  watch,
}) => {
  watch.allowRefusal(/\/api\/v1\//);
  await signIn(page, "viewer");
  const other = await context.newPage();
  await other.clock.install();
  await other.goto("/segments?state=active");
  await expect(other.getByRole("heading", { name: "Segments", exact: true })).toBeVisible();
  await page.getByRole("button", { name: /Jonas Weber/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL("/sign-in");
  await other.clock.fastForward(31_000);
  await other.waitForURL(/\/sign-in\?from=.*&why=unauthenticated/);
  await expect(other.getByText("You are signed out.")).toBeVisible();
  await fillIn(other, { email: "viewer@demo.steward", password: "steward-demo" });
  await other.waitForURL("/segments?state=active");
});

type Leaver = { readonly email: string; readonly name: string; readonly password: string };

/** Made at the command line, and given their role by the admin, who is signed in on `page` afterwards. */
async function addAuthor(page: Page): Promise<Leaver> {
  const email = `${randomUUID()}@x.test`;
  const name = `Leaver ${email.slice(0, 8)}`;
  const args = ["person", "create", "--email", email, "--name", name, "--role", "author"];
  const env = { ...process.env, STEWARD_DATA: process.env.STEWARD_DATA ?? ".data-e2e" };
  const { stdout } = await promisify(execFile)(process.execPath, ["bin/steward.mjs", ...args], { env });
  await signIn(page, "admin");
  const waiting = await page.request.get("/api/v1/changes?waiting=me");
  const change = changeListSchema.parse(await waiting.json()).items.find(({ subject }) => subject.name === name);
  const decision = await page.request.post(`/api/v1/changes/${change?.id}/decision`, {
    data: { decision: "apply", seen: change?.seen },
    headers: { origin: new URL(page.url()).origin },
  });
  changeAnswerSchema.parse(await decision.json());
  return { email, name, password: stdout.trim() };
}

async function enter(page: Page, who: Pick<Leaver, "email" | "password">): Promise<void> {
  await page.goto("/sign-in");
  await fillIn(page, who);
}

async function fillIn(page: Page, { email, password }: Pick<Leaver, "email" | "password">): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}
