import fc from "fast-check";
import { machine } from "../bench/data/machine";
import { asTest, compareBatch } from "../lib/testing/conformance";
import { stopTestClickHouse } from "../lib/testing/engines";
import { anyMembershipBatch } from "../lib/testing/membership-arbitraries";

/** npm run conformance -- [CASES] [SEED]: asks the five programs the same questions until they disagree. */
const [wanted = 1_000_000, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);
const size = { trees: 50, profiles: 50 };
const batches = Math.ceil(wanted / (size.trees * size.profiles));
const count = (number: number) => number.toLocaleString("en");

console.log(machine());
console.log(`${count(wanted)} cases, seed ${seed}, ${new Date().toISOString().slice(0, 10)}`);

const start = performance.now();
let [cases, members] = [0, 0];
for (let batch = 0; batch < batches; batch++) {
  // Sampled one by one, as a million cases at once do not fit into memory.
  const [drawn] = fc.sample(anyMembershipBatch(size), { numRuns: 1, seed: seed + batch });
  if (!drawn) break;
  const outcome = await compareBatch(drawn);
  if (outcome.disagreement) {
    console.error(`\nBatch ${batch} (seed ${seed + batch}): ${JSON.stringify(outcome.disagreement.verdicts)}`);
    console.error(`As a test to paste into lib/testing/conformance.test.ts:\n\n${await asTest(outcome.disagreement)}`);
    process.exitCode = 1;
    break;
  }
  cases += outcome.cases;
  members += outcome.members;
  if ((batch + 1) % 20 === 0) console.log(`${count(cases)} cases, ${elapsed()} s`);
}
const share = ((100 * members) / cases).toFixed(1);
console.log(`${count(cases)} cases without a disagreement in ${elapsed()} s; members in ${share} % of them`);
await stopTestClickHouse();

function elapsed(): string {
  return ((performance.now() - start) / 1_000).toFixed(0);
}
