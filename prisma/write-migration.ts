import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { startThrowawayPostgres } from "../lib/server/throwaway-postgres";
import { migrationsFolder, readMigrations } from "./migrate";

type SchemaFile = { path: string; content: string };
type DiffTarget = { tag: "empty" } | { tag: "schemaDatamodel"; files: SchemaFile[] };

const schemaPath = join(import.meta.dirname, "schema.prisma");
/** The schema that the committed migrations lead to. */
const migratedSchemaPath = join(migrationsFolder, "schema.prisma");
const nameForm = /^[a-z][a-z0-9_]*$/;

/** The SQL from the schema of the committed migrations to schema.prisma; empty when nothing changed. */
export async function diffToSchema(): Promise<string> {
  const to = await readSchema(schemaPath);
  const from = existsSync(migratedSchemaPath) ? await readSchema(migratedSchemaPath) : ({ tag: "empty" } as const);
  // The engine asks the server for its version before it compares two schemas.
  const postgres = await startThrowawayPostgres();
  try {
    const engine = await openSchemaEngine(postgres.url, to.files);
    const filters = { externalTables: [], externalEnums: [] };
    const { stdout } = await engine.diff({ from, to, script: true, exitCode: null, filters });
    const script = stdout?.trim() ?? "";
    return /^--[^\n]*$/.test(script) ? "" : script;
  } finally {
    await postgres.stop();
  }
}

/** Writes the next migration and returns its folder, or null when the schema has not changed. */
export async function writeMigration(name: string): Promise<string | null> {
  if (!nameForm.test(name)) throw new Error(`A migration's name is like add_team_colour, not "${name}".`);
  const script = await diffToSchema();
  await mkdir(migrationsFolder, { recursive: true });
  if (!script) {
    await copyFile(schemaPath, migratedSchemaPath);
    return null;
  }
  const last = (await readMigrations()).at(-1)?.name ?? "0000";
  const number = String(Number.parseInt(last, 10) + 1).padStart(4, "0");
  const folder = join(migrationsFolder, `${number}_${name}`);
  await mkdir(folder);
  await writeFile(join(folder, "migration.sql"), `${script}\n`);
  await copyFile(schemaPath, migratedSchemaPath);
  return folder;
}

async function readSchema(path: string): Promise<DiffTarget & { tag: "schemaDatamodel" }> {
  return { tag: "schemaDatamodel", files: [{ path: schemaPath, content: await readFile(path, "utf8") }] };
}

/** The engine behind `prisma migrate`, from its npm package: Prisma's own tool would download a program. */
async function openSchemaEngine(url: string, files: SchemaFile[]) {
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasmPath = createRequire(import.meta.url)
    .resolve("@prisma/schema-engine-wasm")
    .replace(/schema_engine\.js$/, "schema_engine_bg.wasm");
  const { instance } = await WebAssembly.instantiate(await readFile(wasmPath), {
    "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bindings.SchemaEngine.new(
    { datamodels: files.map((file): [string, string] => [file.path, file.content]) },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: url })),
  );
}

if (import.meta.main) {
  const name = process.argv[2];
  if (!name) {
    console.error("Usage: npm run db:migration -- NAME, as in: npm run db:migration -- add_team_colour");
    process.exit(2);
  }
  console.log((await writeMigration(name)) ?? "The migrations already lead to prisma/schema.prisma.");
}
