import { attributeSchema, catalogueOf } from "../catalogue/definition";
import { importMappingSchema } from "../customers/import-mapping";
import { runImport } from "../customers/server/run-import";
import { openDuckDbEngine } from "../engine/server/duckdb-engine";

/** A process of its own that imports a file of `id,plan`, for tests that kill it. */
const [, , path = "", file = ""] = process.argv;
const engine = await openDuckDbEngine(path);
process.stdout.write("importing\n");
await runImport({
  engine,
  file,
  fileName: "customers.csv",
  rejectsFile: `${file}.rejects`,
  catalogue: catalogueOf({ attributes: [attributeSchema.parse({ key: "plan", name: "Plan", type: "string" })] }),
  mapping: importMappingSchema.parse({ id: "id", attributes: { plan: { key: "plan", type: "string" } } }),
});
process.stdout.write("imported\n");
await engine.close();
