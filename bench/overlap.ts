import { readRows } from "../lib/engine/server/run-statement";
import type { TreeNode } from "../lib/rules/definition";
import { toDuckDb } from "../lib/rules/duckdb";
import { processorMs, wallMs } from "./data/compare";
import { benchEngine } from "./data/engine";
import { benchNow } from "./data/generate";
import { machine, type Timed, timed } from "./data/machine";
import { twentySegments } from "./data/segments";

const customers = Number(process.argv[2] ?? 10_000_000);
const rounds = 5;
const trees = twentySegments.map(({ tree }) => tree);
const engine = await benchEngine(customers);
const connection = await engine.connect();

async function filtered(tree: TreeNode): Promise<number> {
  const { sql, parameters } = toDuckDb(tree, engine.layout(), benchNow);
  const [row] = await readRows(connection, { sql: `SELECT count(*) FROM profiles WHERE ${sql}`, parameters });
  return Number(row?.[0]);
}

/** Each segment and each pair of them by a filter of its own. */
async function byFilters(): Promise<{ sizes: number[]; pairs: number[] }> {
  const sizes: number[] = [];
  const pairs: number[] = [];
  for (const [index, tree] of trees.entries()) {
    sizes.push(await filtered(tree));
    for (const other of trees.slice(index + 1)) pairs.push(await filtered({ all: [tree, other] }));
  }
  return { sizes, pairs };
}

await engine.overlap(twentySegments, benchNow);
const ours: Timed<Awaited<ReturnType<typeof engine.overlap>>>[] = [];
for (let round = 0; round < rounds; round++) ours.push(await timed(() => engine.overlap(twentySegments, benchNow)));
const bare = await timed(byFilters);
connection.closeSync();
await engine.close();

const [overlap] = ours.map(({ result }) => result);
const found = {
  sizes: overlap?.sizes,
  pairs: trees.flatMap((_, a) =>
    trees.flatMap((_, b) => (a < b ? [overlap?.pairs.find((pair) => pair.a === a && pair.b === b)?.both ?? 0] : [])),
  ),
};
if (JSON.stringify(found) !== JSON.stringify(bare.result)) throw new Error("The numbers are not those of the filters.");

const [wall, processor] = [wallMs(ours, 0.5), processorMs(ours)];
const filters = trees.length + found.pairs.length;
console.log(machine());
console.log(
  `${customers.toLocaleString("en")} customers, ${trees.length} segments, ${overlap?.intersections.length} intersections; ${rounds} rounds`,
);
console.log(
  `DuckDB: ${filters} filters, one after another      ${bare.milliseconds.toFixed(0)} ms, processor ${bare.processorMs.toFixed(0)} ms`,
);
console.log(
  `Steward: overlap in one pass                p50 ${wall.toFixed(0)} ms, processor ${processor.toFixed(0)} ms`,
);
console.log(
  `${(bare.milliseconds / wall).toFixed(1)} times as fast (bar: at least 8), by processor time ${(bare.processorMs / processor).toFixed(1)}`,
);
