import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createToken, revokeToken } from "../lib/access/server/tokens";
import { breakGlass } from "../lib/releases/server/break-glass";
import { releaseVersion } from "../lib/releases/server/release-version";
import { closeDatabase, openDatabase } from "../lib/server/database";
import { StartError } from "../lib/server/start-error";
import { createGovernance, documentOf, type Governance, type PersonName, refusal } from "../lib/testing/governance";
import { caller } from "../lib/testing/rest";
import { listenRest } from "../lib/testing/rest-listener";
import type { Version } from "../lib/versions/contract";
import { createSegment } from "../lib/versions/server/create-segment";
import { loadReviewFacts, tallyIn } from "../lib/versions/server/review-facts";
import { reviewView } from "../lib/versions/server/review-view";
import { saveDraft } from "../lib/versions/server/save-draft";
import { submitVersion } from "../lib/versions/server/submit-version";
import { requireVersion } from "../lib/versions/server/version-row";
import { versionCommand } from "./commands/version";

let world: Governance;
let rest: Awaited<ReturnType<typeof listenRest>>;
beforeAll(async () => {
  world = await createGovernance();
  openDatabase(world.database.url);
  rest = await listenRest();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rest.close();
  await closeDatabase();
  await world.close();
});

let made = 0;

/** Written by "both", who also reviews, and submitted; `contributed` has the author begin it and "both" save it. */
async function written(contributed: boolean): Promise<Version> {
  made += 1;
  const key = `own-${made}`;
  const { version } = await createSegment(world.as(contributed ? "author" : "both"), { document: documentOf(key) });
  if (contributed) {
    const document = documentOf(key, { description: "Said more of it." });
    await saveDraft(world.as("both"), { key, document, basedOn: version.draftRevision });
  }
  return (await submitVersion(world.as(contributed ? "author" : "both"), { id: version.id })).version;
}

/** "author" and "twin" are two accounts of one subject. */
async function writtenByAuthor(): Promise<Version> {
  made += 1;
  const { version } = await createSegment(world.as("author"), { document: documentOf(`own-${made}`) });
  return (await submitVersion(world.as("author"), { id: version.id })).version;
}

async function tokenOf(name: PersonName): Promise<string> {
  return (await createToken(world.as(name, new Date()), { name: "test" })).secret;
}

async function revokedToken(): Promise<string> {
  const ctx = world.as("reviewer", new Date());
  const { secret, token } = await createToken(ctx, { name: "revoked" });
  await revokeToken(ctx, token.id);
  return secret;
}

type Attempt = {
  readonly content: () => Promise<Version>;
  readonly token: () => Promise<string>;
  /** Whose screen it would be; nobody's for a token of no person. */
  readonly screen: PersonName | null;
  readonly status: 401 | 403;
};

const attempts: Readonly<Record<string, Attempt>> = {
  "the author": { content: () => written(false), token: () => tokenOf("both"), screen: "both", status: 403 },
  "a contributor": { content: () => written(true), token: () => tokenOf("both"), screen: "both", status: 403 },
  "a second account of the author's subject": {
    ...{ content: writtenByAuthor, token: () => tokenOf("twin"), screen: "twin", status: 403 },
  },
  "a personal token of the author": {
    ...{ content: () => written(false), token: () => tokenOf("both"), screen: null, status: 403 },
  },
  "a token that acts for no person": { content: writtenByAuthor, token: revokedToken, screen: null, status: 401 },
  "an admin": { content: writtenByAuthor, token: () => tokenOf("admin"), screen: "admin", status: 403 },
};

async function expectNothingCounts(id: string): Promise<void> {
  const facts = await loadReviewFacts(world.database.db, await requireVersion(world.database.db, id));
  const { asks, complete } = tallyIn("production", facts);
  expect([complete, asks.flatMap(({ given }) => given)]).toEqual([false, []]);
  const release = releaseVersion(world.as("operator"), { id, environment: "production" });
  expect(await refusal(release)).toBe("blocked not-approved");
}

describe.each(Object.entries(attempts))("an approval by %s does not count", (_, { content, token, screen, status }) => {
  if (screen !== null) {
    test("on the screen: no verdict is offered", async () => {
      const { id } = await content();
      const { possible, approvals } = await reviewView(world.as(screen), id);
      expect([possible.verdict.allowed, possible.verdict.why]).toEqual([false, expect.any(String)]);
      expect(approvals.complete).toBe(false);
      await expectNothingCounts(id);
    });
  }

  test("over REST", async () => {
    const { id, contentHash } = await content();
    const body = { verdict: "approve", contentHash };
    expect((await caller(await token())("POST", `/api/v1/versions/${id}/verdicts`, body)).status).toBe(status);
    await expectNothingCounts(id);
  });

  test("by the command line", async () => {
    const { id, contentHash } = await content();
    vi.stubEnv("STEWARD_TOKEN", await token());
    const given = ["node", "version", "approve", id, "--hash", contentHash, "--url", rest.url];
    await expect(versionCommand(() => undefined).parseAsync(given)).rejects.toThrow(StartError);
    await expectNothingCounts(id);
  });
});

test("the command line without a token gives no verdict: it acts for no person", async () => {
  const { id, contentHash } = await writtenByAuthor();
  vi.stubEnv("STEWARD_TOKEN", "");
  const given = ["node", "version", "approve", id, "--hash", contentHash, "--url", rest.url];
  await expect(versionCommand(() => undefined).parseAsync(given)).rejects.toThrow("STEWARD_TOKEN");
  await expectNothingCounts(id);
});

describe("a release by break-glass is no approval", () => {
  const reason = "Production is down without it.";
  async function broken(): Promise<{ id: string; releaseId: string }> {
    const { id } = await writtenByAuthor();
    const { release } = await breakGlass(world.as("admin"), { id, environment: "production", reason });
    return { id, releaseId: release.id };
  }
  async function expectOpen({ id, releaseId }: { id: string; releaseId: string }): Promise<void> {
    const { db } = world.database;
    expect(await db.breakGlassReview.findUnique({ where: { releaseId } })).toMatchObject({ closedAt: null });
    const facts = await loadReviewFacts(db, await requireVersion(db, id));
    expect(tallyIn("production", facts).complete).toBe(false);
  }

  test.each<[string, PersonName]>([
    ["the author", "author"],
    ["a second account of the author's subject", "twin"],
    ["the admin who broke the glass", "admin"],
  ])("and %s does not close its review, over REST", async (_, who) => {
    const glass = await broken();
    const body = { outcome: "justified", comment: "It was me." };
    const path = `/api/v1/releases/${glass.releaseId}/break-glass-review`;
    expect((await caller(await tokenOf(who))("POST", path, body)).status).toBe(403);
    await expectOpen(glass);
  });

  test("by the command line neither: it says that its review is open", async () => {
    const { id } = await writtenByAuthor();
    vi.stubEnv("STEWARD_TOKEN", await tokenOf("admin"));
    const lines: string[] = [];
    const given = ["node", "version", "break-glass", id, "--to", "production", "--reason", reason, "--url", rest.url];
    await versionCommand((line) => lines.push(line)).parseAsync(given);
    expect(lines.join()).toContain("its review is open");
    const release = await world.database.db.release.findFirstOrThrow({ where: { versionId: id } });
    await expectOpen({ id, releaseId: release.id });
  });

  test.each<PersonName>(["author", "both", "reviewer", "operator"])("and %s cannot break it", async (who) => {
    const { id } = await writtenByAuthor();
    const body = { environment: "production", reason };
    expect((await caller(await tokenOf(who))("POST", `/api/v1/versions/${id}/break-glass`, body)).status).toBe(403);
  });
});
