import { attributeSchema } from "../catalogue/definition";
import type { CustomerEvent } from "../engine/customer-records";
import { openDuckDbEngine } from "../engine/server/duckdb-engine";
import { guarded } from "./guarded";

/** A process of its own that writes so many events and, of so many customers, a line of the log; for tests that kill it. */
const [, , path = "", what = "", size = "0"] = process.argv;
const engine = await openDuckDbEngine(path);
await engine.addAttributes([attributeSchema.parse({ key: "level", name: "Level", type: "number" })]);
await engine.addEventTypes([{ key: "visit", name: "Visit", description: "", properties: [] }]);
const numbers = Array.from({ length: Number(size) }, (_, n) => n);

if (what === "prepare") {
  await engine.upsert(
    numbers.map((n) => ({ id: `c${n}`, region: "eu", consents: [], objections: [], attributes: { level: n % 2 } })),
  );
}
const visits = numbers.map(
  (n): CustomerEvent => ({ id: `e${n}`, customerId: `c${n % 100}`, type: "visit", at: n, properties: {} }),
);
process.stdout.write("writing\n");
if (what === "materialise")
  await engine.materialise({
    ...{ environment: "production", revision: 2, asOf: 0, cause: "release" },
    segments: [{ segment: "s", rule: guarded({ attribute: "level", operator: "is_set" }, "eu") }],
  });
if (what === "append") await engine.appendEvents(visits);
await engine.close();
