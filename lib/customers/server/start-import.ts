import { rm } from "node:fs/promises";
import { requirePermission } from "../../access/permissions";
import { type ErasedCustomers, erasedCustomers } from "../../audit/server/erased-customers";
import { recordAudit } from "../../audit/server/record";
import { createAttribute } from "../../catalogue/server/create-attribute";
import type { CustomerEngine } from "../../engine/server/engine-instance";
import { recordMemberCounts } from "../../engine/server/member-counts";
import { DomainError, isDomainError } from "../../errors";
import { refreshComputedAttributes } from "../../events/server/refresh-attributes";
import { wake } from "../../jobs/wake";
import { findFollower } from "../../membership/server/follower";
import type { Context } from "../../server/context";
import { log } from "../../server/log";
import type { Import } from "../contract";
import type { Recorded } from "../import-statements";
import { importCustomers } from "./import-customers";
import { importEvents } from "./import-events";
import { importItem, importRow, importsFolder, rejectsFile } from "./import-item";
import { type ImportJob, importQueue } from "./import-queue";
import { openImportSource } from "./import-source";
import { type ImportPlan, planImport } from "./plan-import";
import { readMapping } from "./read-mapping";
import { receiveUpload, type Upload } from "./receive-upload";
import { recordArrivals, recordValues } from "./record-arrivals";
import { recoverImports } from "./recover-imports";
import type { ImportResult } from "./run-import";

/** Files up to here are looked at before the answer, so that what is wrong with them is the answer. */
const checkedAtOnceBytes = 32 * 1024 ** 2;

/**
 * Takes a file in and answers at once; the rows follow in the background, one import after the other. A mapping or
 * file that cannot be imported is refused here where that shows already, and changes nothing.
 */
export async function startImport(ctx: Context, request: Request, engine: CustomerEngine): Promise<{ import: Import }> {
  requirePermission(ctx.actor, "customer.import");
  await recoverImports(ctx.db);
  const upload = await receiveUpload(request, { root: importsFolder(), onField: checkField });
  try {
    const mapping = readMapping(upload.fields.mapping);
    const plan = await planImport(ctx, mapping);
    const format = await checkFile(upload, mapping);
    const row = await ctx.db.$transaction(async (tx) => {
      const created = await tx.import.create({
        data: {
          ...{ id: upload.id, fileName: upload.fileName, bytes: upload.bytes, format, mapping },
          ...{ target: mapping.target, createdById: ctx.actor.id, createdAt: ctx.now },
        },
        ...importRow,
      });
      await recordAudit(tx, ctx, {
        action: "import.started",
        subject: { type: "import", id: created.id, name: upload.fileName },
        after: { bytes: upload.bytes, mapping },
      });
      return created;
    });
    importQueue().add(row.id, (job) => run(ctx, { upload, plan, engine }, job));
    return { import: await importItem(ctx, row) };
  } catch (error) {
    await rm(upload.folder, { recursive: true, force: true });
    throw error;
  }
}

function checkField(name: string, value: string): void {
  if (name === "mapping") readMapping(value);
}

async function checkFile(upload: Upload, mapping: ImportPlan["mapping"]): Promise<string> {
  if (upload.bytes > checkedAtOnceBytes) return "";
  const source = await openImportSource(upload.file, upload.fileName);
  await source.close();
  const isTable = source.format === "csv" || source.format === "tsv";
  if (isTable && !source.columns.includes(mapping.id)) {
    throw new DomainError("invalid", `The file has no column "${mapping.id}" for the id.`, {
      reason: "missing-column",
      detail: { missing: [mapping.id], columns: source.columns },
    });
  }
  return source.format;
}

type Run = { readonly upload: Upload; readonly plan: ImportPlan; readonly engine: CustomerEngine };

async function run(ctx: Context, { upload, plan, engine }: Run, job: ImportJob) {
  const { id, file } = upload;
  let changed = "nothing was imported";
  try {
    job.signal.throwIfAborted();
    const recorded = { source: `import:${id}`, at: ctx.now.getTime() };
    const result = await importRows({ upload, plan, engine }, { recorded, erased: erasedCustomers(ctx.db) }, job);
    if (plan.target === "customers") {
      changed = "the customers were imported, and their new attributes are not all in the catalogue. Import it again";
      for (const attribute of plan.added) await createAttribute(ctx, attribute, engine).catch(keepIfTaken);
    }
    const { format, rows, accepted, updated, rejected } = result;
    await finish(ctx, upload, { state: "succeeded", format, rows, accepted, updated, rejected });
    await count(ctx, plan, result);
    await refreshComputedAttributes(ctx.db, engine, new Date());
    findFollower()?.touch("all", "import");
    await recordMemberCounts({ db: ctx.db, engine, now: new Date() });
  } catch (error) {
    if (!isDomainError(error) && !job.signal.aborted) log.error({ err: error, import: id }, "an import failed");
    const message = isDomainError(error) ? error.message : `Something failed on our side; ${changed}.`;
    await finish(ctx, upload, job.signal.aborted ? { state: "cancelled" } : { state: "failed", error: message });
  } finally {
    await rm(file, { force: true });
  }
}

type Kept = { readonly recorded: Recorded; readonly erased: ErasedCustomers };

function importRows({ upload, plan, engine }: Run, { recorded, erased }: Kept, job: ImportJob) {
  const { id, file, fileName } = upload;
  const options = {
    ...{ engine, file, fileName, rejectsFile: rejectsFile(id), signal: job.signal, erased },
    onProgress: (rows: number) => {
      job.rows = rows;
    },
  };
  return plan.target === "events"
    ? importEvents({ ...options, ...plan })
    : importCustomers({ ...options, ...plan, recorded });
}

async function count(
  { db }: Context,
  plan: ImportPlan,
  { accepted, updated, rejectedBy }: ImportResult,
): Promise<void> {
  const now = new Date();
  const { target } = plan;
  const repeated = target === "events" ? updated : 0;
  await recordArrivals(db, { source: "import", target, accepted, repeated, late: 0, rejected: rejectedBy }, now);
  if (plan.target === "customers" && accepted > 0)
    await recordValues(
      db,
      Object.values(plan.mapping.attributes).map(({ key }) => key),
      now,
    );
}

type Outcome = { state: "succeeded" | "failed" | "cancelled" } & Partial<
  Record<"rows" | "accepted" | "updated" | "rejected", number> & { format: string; error: string }
>;

async function finish(ctx: Context, { id, fileName }: Upload, outcome: Outcome): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const data = { ...outcome, finishedAt: new Date() };
    const ended = await tx.import.updateMany({ where: { id, state: "running" }, data });
    if (ended.count === 0) return;
    await wake(tx, "recheck-reviews");
    await recordAudit(
      tx,
      { ...ctx, now: data.finishedAt },
      {
        action: `import.${outcome.state}`,
        subject: { type: "import", id, name: fileName },
        after: outcome,
      },
    );
  });
}

/** Somebody added the attribute meanwhile: the import found it as it is. */
function keepIfTaken(error: unknown): void {
  if (!isDomainError(error) || error.reason !== "key-taken") throw error;
}
