import { describe, expect, test } from "vitest";
import { callsOf, governedModels, governedWritesIn, governedWritesOf } from "./testing/governed-writes";
import { readSourceFiles } from "./testing/source-files";

/** The verbs, and what each may write of what decides about releases and proves it. */
const verbs: Readonly<Record<string, readonly string[]>> = {
  "lib/audit/server/record.ts": ["AuditEntry", "AuditHead"],
  "lib/changes/server/kinds/approval-policy.ts": ["ApprovalPolicy"],
  "lib/changes/server/kinds/environment.ts": ["Environment"],
  "lib/changes/server/kinds/label-policy.ts": ["LabelPolicy"],
  "lib/changes/server/kinds/transfer-rule.ts": ["TransferRule"],
  "lib/changes/server/propose-change.ts": ["Change"],
  "lib/changes/server/write-change.ts": ["Change"],
  "lib/guards/server/waivers.ts": ["Waiver"],
  "lib/lists/server/upload-list.ts": ["ManagedListVersion"],
  "lib/membership/server/revision-line.ts": ["Environment", "Revision"],
  "lib/releases/server/close-break-glass.ts": ["BreakGlassReview"],
  "lib/releases/server/ensure-environments.ts": ["Environment"],
  "lib/releases/server/publish.ts": ["BreakGlassReview", "Release", "Version"],
  "lib/releases/server/remind-break-glass.ts": ["BreakGlassReview"],
  "lib/versions/server/open-draft.ts": ["Contribution"],
  "lib/versions/server/record-verdict.ts": ["Verdict"],
  "lib/versions/server/settle-approval.ts": ["ApprovalVoid"],
  "lib/versions/server/write-version.ts": ["Contribution", "Version"],
};

/** Functions through which those files write for others, and who calls them. */
const callers: Readonly<Record<string, readonly string[]>> = {
  publish: [
    "lib/releases/server/kill-segment.ts",
    "lib/releases/server/roll-back.ts",
    "lib/releases/server/serve-version.ts",
  ],
  takeReleaseRevision: ["lib/releases/server/publish.ts"],
  takeRevisionUnlogged: ["lib/releases/server/publish.ts"],
  takeErasureRevision: ["lib/customers/server/erase-customers.ts"],
  takeMembershipRevision: ["lib/membership/server/follow-membership.ts"],
};

/** What speaks to PostgreSQL past Prisma: migrations, grants, listening, the job queue, and PostgreSQL's own start. */
const pastPrisma = [
  "lib/jobs/queue.ts",
  "lib/server/installation.ts",
  "lib/server/listen-to-channels.ts",
  "lib/server/postgres.ts",
  "prisma/grant-to-application.ts",
  "prisma/migrate.ts",
];

const shipped = readSourceFiles(["app", "components", "lib", "prisma", "bin", "bench"]).filter(
  ({ path }) => !/\.test\.tsx?$/.test(path) && !path.startsWith("lib/testing/"),
);

test("only its verbs write a version, a verdict, a release, a revision, a policy, a waiver, a change or the audit", () => {
  const found = shipped.flatMap(({ path }) => {
    const models = [...new Set(governedWritesOf(path).map(({ model }) => model))].sort();
    return models.length > 0 ? [[path, models] as const] : [];
  });
  expect(Object.fromEntries(found)).toEqual(verbs);
});

test.each(Object.entries(callers))("only verbs call %s", (name, expected) => {
  expect(shipped.map(({ path }) => path).filter((path) => callsOf(path).has(name))).toEqual(expected);
});

test("nothing else speaks to PostgreSQL past Prisma", () => {
  const found = shipped.filter(({ imports }) => imports.some(({ specifier }) => /^pg(-boss)?$/.test(specifier)));
  expect(found.map(({ path }) => path)).toEqual(pastPrisma);
});

describe("the inventory sees", () => {
  test.each([
    ["a write", "tx.release.update({ where, data })", ["Release update"]],
    ["a write of many", "await ctx.db.verdict.createMany({ data })", ["Verdict createMany"]],
    ["a write under another name of the connection", "owner.auditEntry.deleteMany()", ["AuditEntry deleteMany"]],
    ["a table named by a text", `tx["approvalPolicy"]["upsert"](x)`, ["ApprovalPolicy upsert"]],
    ["a table that is handed on", "const table = tx.revision; table.create(x)", ["Revision handed on"]],
    ["a table that is taken out", "const { change } = ctx.db", ["Change handed on"]],
    [
      "a write within that of another table",
      "tx.segment.update({ data: { versions: { create: x } } })",
      ["Version nested create"],
    ],
    ["a verdict taken along", "tx.person.update({ data: { verdicts: { connect: x } } })", ["Verdict nested connect"]],
    ["SQL", 'tx.$executeRaw`UPDATE "Version" SET "state" = 1`', ["Version SQL UPDATE"]],
    ["SQL with the schema", `client.query('delete from "public"."Release"')`, ["Release SQL delete from"]],
    ["SQL that is kept for later", 'const sql = `TRUNCATE "AuditEntry"`', ["AuditEntry SQL TRUNCATE"]],
  ])("%s", (_title, source, expected) => {
    expect(governedWritesIn("x.ts", source).map(({ model, how }) => `${model} ${how}`)).toEqual(expected);
  });

  test.each([
    ["SQL that nobody can read before it runs", "tx.$executeRawUnsafe(text)"],
    ["a table chosen while it runs", "tx[name].update(x)"],
  ])("%s, which may be any table", (_title, source) => {
    expect(governedWritesIn("x.ts", source).map(({ model }) => model)).toEqual(governedModels);
  });

  test.each([
    ["a read", "tx.version.findMany({ where: { verdicts: { some: x } } })"],
    ["a property of the same name", "const { version } = live; live.version.number"],
    ["SQL that reads", 'tx.$queryRaw`SELECT 1 FROM "Environment" FOR UPDATE`'],
    ["a write of another table", "tx.segment.update({ data: { name } })"],
  ])("no write in %s", (_title, source) => {
    expect(governedWritesIn("x.ts", source)).toEqual([]);
  });
});
