import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { breakGlass } from "../../releases/server/break-glass";
import { approved, createGovernance, type Governance, released, submitted } from "../../testing/governance";
import { recordVerdict } from "../../versions/server/record-verdict";

/** What somebody tries who can say anything to the database: as the application, or as its owner with the triggers on. */
let world: Governance;
const clients: Partial<Record<Who, pg.Client>> = {};
type Who = "application" | "owner";
let ids: { released: string; reviewed: string; verdict: string; release: string; broken: string; segment: string };

beforeAll(async () => {
  world = await createGovernance();
  const live = await released(world, "live");
  const reviewed = await submitted(world, "reviewed");
  const { id: urgent } = await submitted(world, "urgent");
  await breakGlass(world.as("admin"), { id: urgent, environment: "production", reason: "An outage." });
  const { id: sentBack, contentHash } = await approved(world, "sent-back");
  await recordVerdict(world.as("reviewer2"), { id: sentBack, contentHash, verdict: "request_changes", comment: "No." });
  const { db, url, ownerUrl } = world.database;
  const verdict = await db.verdict.findFirstOrThrow({ where: { versionId: live.id } });
  const release = await db.release.findFirstOrThrow({ where: { versionId: live.id } });
  const broken = await db.release.findFirstOrThrow({ where: { versionId: urgent } });
  await db.comment.create({
    data: { versionId: reviewed.id, personId: "id-reviewer", body: "Why?", contentHash: reviewed.contentHash },
  });
  await db.approvalVoid.create({ data: { verdictId: verdict.id, reason: "moved on", at: new Date() } });
  ids = {
    ...{ released: live.id, reviewed: reviewed.id, verdict: verdict.id, release: release.id, broken: broken.id },
    segment: release.segmentId,
  };
  clients.application = new pg.Client({ connectionString: url });
  clients.owner = new pg.Client({ connectionString: ownerUrl });
  await Promise.all(Object.values(clients).map((client) => client.connect()));
});
afterAll(async () => {
  await Promise.all(Object.values(clients).map((client) => client.end()));
  await world.close();
});

function connectionOf(who: Who): pg.Client {
  const client = clients[who];
  if (!client) throw new Error(`The ${who} is not connected.`);
  return client;
}

/** Runs the statements in one transaction, as far as they go, and says how the database refused them. */
async function refusalOf(client: pg.Client, statements: string): Promise<string> {
  try {
    await client.query(`BEGIN; ${statements}; COMMIT`);
    return "done";
  } catch (error) {
    if (error instanceof pg.DatabaseError) return error.code ?? "";
    throw error;
  } finally {
    await client.query("ROLLBACK");
  }
}

/** Insufficient privilege, and a violated integrity constraint. */
const refused = expect.stringMatching(/^(42501|23\d\d\d)$/);

/** Everything that is protected, as one hash. */
async function fingerprint(client: pg.Client): Promise<unknown> {
  const tables = [
    ...["Version", "Contribution", "Verdict", "ApprovalVoid", "Comment", "Environment", "Revision", "Release"],
    ...["BreakGlassReview", "ApprovalPolicy", "Change", "AuditEntry", "AuditHead", "ManagedListVersion"],
  ];
  const each = tables.map((table) => `SELECT '${table}' AS t, to_jsonb(x)::text AS r FROM "${table}" x`);
  const { rows } = await client.query(
    `SELECT md5(string_agg(t || r, '' ORDER BY t, r)) FROM (${each.join(" UNION ALL ")}) all_rows`,
  );
  return rows;
}

async function expectRefused(who: Who, statements: string): Promise<void> {
  const client = connectionOf(who);
  const before = await fingerprint(client);
  expect(await refusalOf(client, statements)).toEqual(refused);
  expect(await fingerprint(client)).toEqual(before);
}

const entry = (sequence: string, previousHash: string) => `
  INSERT INTO "AuditEntry" ("sequence", "at", "actorName", "via", "action", "subjectType", "subjectId", "previousHash", "hash")
  SELECT ${sequence}, now(), 'Eve', 'session', 'segment.released', 'segment', 'live', ${previousHash}, repeat('e', 64)
  FROM "AuditHead"`;

const nextRevision = `UPDATE "Environment" SET "revision" = "revision" + 1 WHERE "key" = 'production';
  INSERT INTO "Revision" ("environmentKey", "number", "kind")
  SELECT "key", "revision", 'release' FROM "Environment" WHERE "key" = 'production'`;

/** A release of a version, with its revision; `more` overrides columns. */
function releaseOf(version: string, more: Record<string, string> = {}): string {
  const columns = {
    ...{ id: "'forged'", environmentKey: "'production'", segmentId: `v."segmentId"`, versionId: `v."id"` },
    ...{ revision: `e."revision"`, kind: "'release'", contentHash: `v."contentHash"`, actorId: "'id-operator'" },
    artefact: `jsonb_build_object('contentHash', v."contentHash")`,
    ...more,
  };
  return `${nextRevision};
    INSERT INTO "Release" (${Object.keys(columns)
      .map((name) => `"${name}"`)
      .join(", ")})
    SELECT ${Object.values(columns).join(", ")} FROM "Version" v, "Environment" e
    WHERE v."id" = '${version}' AND e."key" = 'production'`;
}

function verdictBy(person: string, more: Record<string, string> = {}): string {
  const columns = {
    ...{ id: "'forged'", versionId: `"id"`, personId: `'${person}'`, verdict: "'approve'" },
    ...{ contentHash: `"contentHash"`, reviewCycle: `"reviewCycle"` },
    ...more,
  };
  return `INSERT INTO "Verdict" (${Object.keys(columns)
    .map((name) => `"${name}"`)
    .join(", ")})
    SELECT ${Object.values(columns).join(", ")} FROM "Version" WHERE "id" = '${ids.reviewed}'`;
}

const change = (columns: string, values: string) =>
  `INSERT INTO "Change" ("id", "kind", "subjectId", "subjectName", "authorName", ${columns})
   VALUES ('forged', 'approval-policy', 'production', 'Production', 'Eve', ${values})`;

const entryOfRelease = `
  INSERT INTO "AuditEntry" ("sequence", "at", "actorName", "via", "action", "subjectType", "subjectId", "after", "previousHash", "hash")
  SELECT h."sequence" + 1, now(), 'Ada', 'session', 'segment.released', 'segment', s."key",
    jsonb_build_object('environment', r."environmentKey", 'revision', r."revision"), h."hash", repeat('e', 64)
  FROM "AuditHead" h, "Release" r JOIN "Segment" s ON s."id" = r."segmentId" WHERE r."id" = 'forged';
  UPDATE "AuditHead" SET "sequence" = "sequence" + 1, "hash" = repeat('e', 64)`;

const ofTheDatabase = "of the database itself";

type Attempt = readonly [title: string, statements: () => string];

const attempts: Readonly<Record<string, readonly Attempt[]>> = {
  "of the audit": [
    ["changing an entry", () => `UPDATE "AuditEntry" SET "actorName" = 'Eve'`],
    ["deleting an entry", () => `DELETE FROM "AuditEntry" WHERE "sequence" = 1`],
    ["truncating it", () => `TRUNCATE "AuditEntry"`],
    [
      "replacing an entry by an upsert",
      () => `${entry("1", `"hash"`)} ON CONFLICT ("sequence") DO UPDATE SET "actorName" = 'Eve'`,
    ],
    [
      "merging into it",
      () => `MERGE INTO "AuditEntry" a USING "AuditHead" h ON a."sequence" = h."sequence" WHEN MATCHED THEN DELETE`,
    ],
    [
      "setting its head back",
      () => `UPDATE "AuditHead" SET "sequence" = 1, "hash" = (SELECT "hash" FROM "AuditEntry" WHERE "sequence" = 1)`,
    ],
    [
      "moving its head to nothing",
      () => `UPDATE "AuditHead" SET "sequence" = "sequence" + 1, "hash" = repeat('e', 64)`,
    ],
    ["deleting its head", () => `DELETE FROM "AuditHead"`],
    ["an entry before the first one", () => entry("0", `repeat('0', 64)`)],
    ["an entry that leaves a gap", () => entry(`"sequence" + 2`, `"hash"`)],
    ["an entry that follows another hash", () => entry(`"sequence" + 1`, `repeat('f', 64)`)],
    ["an entry without moving the head", () => entry(`"sequence" + 1`, `"hash"`)],
  ],
  [ofTheDatabase]: [
    ["switching a trigger off", () => `ALTER TABLE "AuditEntry" DISABLE TRIGGER ALL`],
    ["dropping a trigger", () => `DROP TRIGGER "releaseIsReviewed" ON "Release"`],
    [
      "a trigger of one's own",
      () => `CREATE TRIGGER t BEFORE INSERT ON "Release" FOR EACH ROW EXECUTE FUNCTION "checkReleaseEnd"()`,
    ],
    [
      "replacing a trigger's function",
      () => `CREATE OR REPLACE FUNCTION "checkRelease"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
    ],
    ["a function of one's own in the schema", () => `CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'`],
    [
      "taking triggers for those of a replica",
      () => `SET session_replication_role = replica; UPDATE "AuditEntry" SET "actorName" = 'Eve'`,
    ],
    ["becoming the owner", () => `SET ROLE postgres`],
    ["another session's authority", () => `SET SESSION AUTHORIZATION postgres`],
    ["rights for oneself", () => `GRANT postgres TO CURRENT_USER`],
    ["a role with every right", () => `CREATE ROLE eve SUPERUSER LOGIN`],
    ["dropping a table", () => `DROP TABLE "AuditEntry"`],
    ["dropping a constraint", () => `ALTER TABLE "Verdict" DROP CONSTRAINT "Verdict_pkey"`],
    ["dropping the schema", () => `DROP SCHEMA public CASCADE`],
    ["a table in the schema", () => `CREATE TABLE notes (n int)`],
    ["a rule that turns writes away", () => `CREATE RULE r AS ON INSERT TO "AuditEntry" DO INSTEAD NOTHING`],
    ["running a program", () => `COPY (SELECT 1) TO PROGRAM 'true'`],
    ["reading a file of the server", () => `SELECT pg_read_file('postgresql.conf')`],
    ["having the server read its settings again", () => `SELECT pg_reload_conf()`],
    ["changing what migrations were applied", () => `DELETE FROM "_prisma_migrations"`],
    [
      "showing the triggers a table of one's own",
      () => `CREATE TEMP TABLE "Environment" AS SELECT 'production' AS "key", 99 AS "revision";
        INSERT INTO public."Revision" ("environmentKey", "number", "kind") VALUES ('production', 99, 'release')`,
    ],
  ],
  "of versions": [
    [
      "other content for what is released",
      () => `UPDATE "Version" SET "document" = '{}' WHERE "id" = '${ids.released}'`,
    ],
    [
      "other content for what is under review",
      () => `UPDATE "Version" SET "document" = '{}' WHERE "id" = '${ids.reviewed}'`,
    ],
    [
      "another hash for what is under review",
      () => `UPDATE "Version" SET "contentHash" = repeat('a', 64) WHERE "id" = '${ids.reviewed}'`,
    ],
    [
      "other evidence than was submitted",
      () => `UPDATE "Version" SET "evidence" = '{}' WHERE "id" = '${ids.reviewed}'`,
    ],
    [
      "editing what is under review without a new round",
      () => `UPDATE "Version" SET "state" = 'draft', "document" = '{}' WHERE "id" = '${ids.reviewed}'`,
    ],
    [
      "an earlier round of review",
      () => `UPDATE "Version" SET "reviewCycle" = "reviewCycle" - 1 WHERE "id" = '${ids.reviewed}'`,
    ],
    [
      "a draft of what is released",
      () => `UPDATE "Version" SET "state" = 'draft', "reviewCycle" = 2 WHERE "id" = '${ids.released}'`,
    ],
    [
      "a version that begins approved",
      () => `INSERT INTO "Version" ("id", "segmentId", "number", "state", "document", "contentHash", "authorId")
      VALUES ('forged', '${ids.segment}', 9, 'approved', '{}', repeat('a', 64), 'id-author')`,
    ],
    ["another author", () => `UPDATE "Version" SET "authorId" = 'id-viewer' WHERE "id" = '${ids.reviewed}'`],
    [
      "another segment",
      () => `UPDATE "Version" SET "segmentId" = '${ids.segment}', "number" = 9 WHERE "id" = '${ids.reviewed}'`,
    ],
    ["deleting one", () => `DELETE FROM "Version" WHERE "id" = '${ids.reviewed}'`],
    ["deleting who wrote it", () => `DELETE FROM "Contribution" WHERE "versionId" = '${ids.reviewed}'`],
    [
      "changing who wrote it",
      () => `UPDATE "Contribution" SET "personId" = 'id-viewer' WHERE "versionId" = '${ids.reviewed}'`,
    ],
    ["rewording a comment", () => `UPDATE "Comment" SET "body" = 'Fine.'`],
    ["deleting a comment", () => `DELETE FROM "Comment"`],
  ],
  "of verdicts": [
    ["the author's own approval", () => verdictBy("id-author")],
    ["an approval by the author's second account", () => verdictBy("id-twin")],
    ["an approval of other content", () => verdictBy("id-reviewer", { contentHash: "repeat('a', 64)" })],
    ["an approval in a round to come", () => verdictBy("id-reviewer", { reviewCycle: `"reviewCycle" + 1` })],
    ["an approval of what is released already", () => verdictBy("id-reviewer2", { versionId: `'${ids.released}'` })],
    ["turning a verdict round", () => `UPDATE "Verdict" SET "verdict" = 'approve'`],
    [
      "moving a verdict to other content",
      () => `UPDATE "Verdict" SET "versionId" = '${ids.reviewed}' WHERE "id" = '${ids.verdict}'`,
    ],
    ["deleting a verdict", () => `DELETE FROM "Verdict"`],
    ["giving a taken away approval back", () => `DELETE FROM "ApprovalVoid"`],
  ],
  "of releases": [
    ["one without its approvals", () => releaseOf(ids.reviewed)],
    ["one that claims its approvals", () => releaseOf(ids.reviewed, { quorum: `'{"asks": []}'` })],
    [
      "one with a single forged approval",
      () => `${verdictBy("id-viewer")}; ${releaseOf(ids.reviewed, { quorum: `'{"asks": []}'` })}`,
    ],
    [
      "one of other content than the version's",
      () =>
        releaseOf(ids.reviewed, {
          contentHash: "repeat('a', 64)",
          artefact: `jsonb_build_object('contentHash', repeat('a', 64))`,
        }),
    ],
    [
      "one whose artefact is of other content",
      () => releaseOf(ids.released, { kind: "'rollback'", reason: "'x'", artefact: "'{}'" }),
    ],
    ["a rollback to what was never served", () => releaseOf(ids.reviewed, { kind: "'rollback'", reason: "'x'" })],
    ["a rollback without a reason", () => releaseOf(ids.released, { kind: "'rollback'" })],
    [
      "breaking the glass without a review to follow",
      () => `${releaseOf(ids.reviewed, { kind: "'break_glass'", reason: "'x'" })}; ${entryOfRelease}`,
    ],
    ["one that no entry of the audit names", () => releaseOf(ids.released, { kind: "'rollback'", reason: "'x'" })],
    [
      "another artefact for what is served",
      () => `UPDATE "Release" SET "artefact" = '{}' WHERE "id" = '${ids.release}'`,
    ],
    ["a larger share for what is served", () => `UPDATE "Release" SET "rolloutPercent" = 100`],
    [
      "serving again what has ended",
      () => `UPDATE "Release" SET "endedAt" = now(); UPDATE "Release" SET "endedAt" = NULL`,
    ],
    ["deleting one", () => `DELETE FROM "Release" WHERE "id" = '${ids.release}'`],
    [
      "moving an environment back",
      () => `UPDATE "Environment" SET "revision" = "revision" - 1 WHERE "key" = 'production'`,
    ],
    ["leaving revisions out", () => `UPDATE "Environment" SET "revision" = "revision" + 2 WHERE "key" = 'production'`],
    [
      "moving an environment without a revision",
      () => `UPDATE "Environment" SET "revision" = "revision" + 1 WHERE "key" = 'production'`,
    ],
    ["changing a revision", () => `UPDATE "Revision" SET "kind" = 'release'`],
    ["deleting a revision", () => `DELETE FROM "Revision"`],
    ["deleting an environment", () => `DELETE FROM "Environment" WHERE "key" = 'staging'`],
    [
      "closing the review of broken glass by who broke it",
      () => `UPDATE "BreakGlassReview" SET "closedAt" = now(), "closedById" = 'id-admin', "outcome" = 'justified'`,
    ],
    [
      "closing the review of broken glass by nobody",
      () => `UPDATE "BreakGlassReview" SET "closedAt" = now(), "outcome" = 'justified'`,
    ],
    [
      "putting off the review of broken glass",
      () => `UPDATE "BreakGlassReview" SET "dueAt" = now() + interval '1 year'`,
    ],
    ["deleting the review of broken glass", () => `DELETE FROM "BreakGlassReview"`],
  ],
  "of policies and changes": [
    ["disabling a policy", () => `UPDATE "ApprovalPolicy" SET "enabled" = false`],
    ["asking for less", () => `UPDATE "ApprovalPolicy" SET "asks" = '[]' WHERE "key" = 'production'`],
    ["deleting a policy", () => `DELETE FROM "ApprovalPolicy"`],
    ["truncating the policies", () => `TRUNCATE "ApprovalPolicy"`],
    [
      "a policy by a change that nobody applied",
      () =>
        `${change(`"authorId"`, "'id-admin'")}; UPDATE "ApprovalPolicy" SET "changeId" = 'forged', "enabled" = false WHERE "key" = 'production'`,
    ],
    [
      "a policy by the change of the installation",
      () => `UPDATE "ApprovalPolicy" SET "changeId" = 'installation', "enabled" = false WHERE "key" = 'production'`,
    ],
    [
      "a policy other than what its change says",
      () => `${change(`"authorId", "after"`, `'id-author', '{"enabled": true}'`)};
        UPDATE "Change" SET "state" = 'applied', "decidedById" = 'id-admin' WHERE "id" = 'forged';
        UPDATE "ApprovalPolicy" SET "changeId" = 'forged', "enabled" = false WHERE "key" = 'production'`,
    ],
    ["a change that begins applied", () => change(`"state", "decidedById"`, "'applied', 'id-admin'")],
    [
      "a change applied by who proposed it",
      () =>
        `${change(`"authorId"`, "'id-admin'")}; UPDATE "Change" SET "state" = 'applied', "decidedById" = 'id-admin' WHERE "id" = 'forged'`,
    ],
    [
      "a change applied by nobody",
      () => `${change(`"authorId"`, "'id-admin'")}; UPDATE "Change" SET "state" = 'applied' WHERE "id" = 'forged'`,
    ],
    [
      "a change applied by the proposer's second account",
      () =>
        `${change(`"authorId"`, "'id-author'")}; UPDATE "Change" SET "state" = 'applied', "decidedById" = 'id-twin' WHERE "id" = 'forged'`,
    ],
    [
      "another proposal than was made",
      () => `${change(`"authorId"`, "'id-admin'")}; UPDATE "Change" SET "after" = '{}' WHERE "id" = 'forged'`,
    ],
    ["opening a change again", () => `UPDATE "Change" SET "state" = 'open' WHERE "id" = 'installation'`],
    ["deleting a change", () => `DELETE FROM "Change"`],
    ["changing what a list of customers held", () => `UPDATE "ManagedListVersion" SET "entries" = '[]'`],
  ],
};

for (const who of ["application", "owner"] as const) {
  for (const [what, each] of Object.entries(attempts)) {
    if (who === "owner" && what === ofTheDatabase) continue;
    describe(`the database refuses the ${who}, ${what}:`, () => {
      test.each(each)("%s", (_title, statements) => expectRefused(who, statements()));
    });
  }
}

test("the same statements go through where nothing is wrong with them", async () => {
  const rollback = releaseOf(ids.released, { kind: "'rollback'", reason: "'x'" });
  const client = connectionOf("application");
  const wellDone = `${rollback}; ${entryOfRelease}; ${verdictBy("id-reviewer")}; SET CONSTRAINTS ALL IMMEDIATE`;
  await expect(client.query(`BEGIN; ${wellDone}`)).resolves.toBeTruthy();
  await client.query("ROLLBACK");
});
