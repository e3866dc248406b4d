import { rm } from "node:fs/promises";
import { can, requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { type Attribute, attributeSchema, type Catalogue, newKeySchema } from "../../catalogue/definition";
import { createAttribute } from "../../catalogue/server/create-attribute";
import { loadCatalogue } from "../../catalogue/server/load-catalogue";
import type { CustomerEngine } from "../../engine/server/engine-instance";
import { recordMemberCounts } from "../../engine/server/member-counts";
import { DomainError, isDomainError } from "../../errors";
import { refreshComputedAttributes } from "../../events/server/refresh-attributes";
import type { Finding } from "../../findings";
import { isStorableText } from "../../segments/draft-shape";
import type { Context } from "../../server/context";
import { log } from "../../server/log";
import type { Import } from "../contract";
import { type ImportMapping, importMappingSchema } from "../import-mapping";
import { columnUses } from "../import-uses";
import { importCustomers } from "./import-customers";
import { importItem, importRow, importsFolder, rejectsFile } from "./import-item";
import { type ImportJob, importQueue } from "./import-queue";
import { openImportSource } from "./import-source";
import { receiveUpload, type Upload } from "./receive-upload";
import { recoverImports } from "./recover-imports";

/** Files up to here are looked at before the answer, so that what is wrong with them is the answer. */
const checkedAtOnceBytes = 32 * 1024 ** 2;

type Plan = {
  readonly upload: Upload;
  readonly mapping: ImportMapping;
  readonly catalogue: Catalogue;
  readonly added: readonly Attribute[];
};

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
    const plan = { upload, mapping, ...(await extendedCatalogue(ctx, mapping)) };
    columnUses(mapping, plan.catalogue);
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
    importQueue().add(row.id, (job) => run(ctx, plan, job, engine));
    return { import: await importItem(ctx, row) };
  } catch (error) {
    await rm(upload.folder, { recursive: true, force: true });
    throw error;
  }
}

function checkField(name: string, value: string): void {
  if (name === "mapping") readMapping(value);
}

function readMapping(text: string | undefined): ImportMapping {
  if (text === undefined) throw refused("no-mapping", 'The form has no "mapping".');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refused("not-json", "The mapping is not JSON.");
  }
  requireStorable(json);
  const parsed = importMappingSchema.safeParse(json);
  if (!parsed.success) {
    const findings = parsed.error.issues.map(
      (issue): Finding => ({
        ...{ code: `shape-${issue.code}`, severity: "blocking", message: issue.message },
        ...{ path: issue.path.join("."), resolution: issue.message },
      }),
    );
    throw new DomainError("invalid", "Something in the mapping is not as it must be.", {
      reason: "invalid-mapping",
      findings,
    });
  }
  if (parsed.data.target === "events") throw refused("events-later", "Events cannot be imported yet; customers can.");
  return parsed.data;
}

function requireStorable(json: unknown): void {
  JSON.stringify(json, (name, value: unknown) => {
    if (isStorableText(name) && (typeof value !== "string" || isStorableText(value))) return value;
    throw refused("unfit-text", "A text in the mapping holds a character that cannot be stored.");
  });
}

/** The catalogue, and with it the attributes that the mapping names anew; those are added once the import succeeds. */
async function extendedCatalogue(
  ctx: Context,
  mapping: ImportMapping,
): Promise<{ catalogue: Catalogue; added: Attribute[] }> {
  const catalogue = await loadCatalogue(ctx.db);
  const added = Object.entries(mapping.attributes).flatMap(([column, { key, type }]) => {
    if (catalogue.attributes.has(key)) return [];
    if (!newKeySchema.safeParse(key).success) throw refused("reserved-key", `"${key}" cannot be an attribute's key.`);
    return [attributeSchema.parse({ key, type, name: column.trim().slice(0, 120).toWellFormed() || key })];
  });
  if (added.length > 0 && !can(ctx.actor, "catalogue.write")) {
    const keys = added.map(({ key }) => `"${key}"`).join(", ");
    throw new DomainError("forbidden", `The catalogue has no attribute ${keys}, and you may not add to it.`, {
      reason: "unknown-attribute",
    });
  }
  const attributes = new Map([...catalogue.attributes, ...added.map((each) => [each.key, each] as const)]);
  return { catalogue: { ...catalogue, attributes }, added };
}

async function checkFile(upload: Upload, mapping: ImportMapping): Promise<string> {
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

async function run(ctx: Context, { upload, mapping, catalogue, added }: Plan, job: ImportJob, engine: CustomerEngine) {
  const { id, file, fileName } = upload;
  let changed = "nothing was imported";
  try {
    job.signal.throwIfAborted();
    const result = await importCustomers({
      ...{ engine, catalogue, file, fileName, mapping, rejectsFile: rejectsFile(id), signal: job.signal },
      onProgress: (rows) => {
        job.rows = rows;
      },
    });
    changed = "the customers were imported, and their new attributes are not all in the catalogue. Import it again";
    for (const attribute of added) await createAttribute(ctx, attribute, engine).catch(keepIfTaken);
    const { format, rows, accepted, updated, rejected } = result;
    await finish(ctx, upload, { state: "succeeded", format, rows, accepted, updated, rejected });
    await refreshComputedAttributes(ctx.db, engine, new Date());
    await recordMemberCounts({ db: ctx.db, engine, now: new Date() });
  } catch (error) {
    if (!isDomainError(error) && !job.signal.aborted) log.error({ err: error, import: id }, "an import failed");
    const message = isDomainError(error) ? error.message : `Something failed on our side; ${changed}.`;
    await finish(ctx, upload, job.signal.aborted ? { state: "cancelled" } : { state: "failed", error: message });
  } finally {
    await rm(file, { force: true });
  }
}

type Outcome = { state: "succeeded" | "failed" | "cancelled" } & Partial<
  Record<"rows" | "accepted" | "updated" | "rejected", number> & { format: string; error: string }
>;

async function finish(ctx: Context, { id, fileName }: Upload, outcome: Outcome): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const data = { ...outcome, finishedAt: new Date() };
    const ended = await tx.import.updateMany({ where: { id, state: "running" }, data });
    if (ended.count === 0) return;
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

function refused(reason: string, message: string): DomainError {
  return new DomainError("invalid", message, { reason });
}
