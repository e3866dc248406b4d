import { guardedRule } from "../lib/guards/guarded-rule";
import type { Rule } from "../lib/rules/definition";
import { benchCatalogue } from "./data/catalogue";
import { benchEngine } from "./data/engine";
import { benchNow } from "./data/generate";
import { machine, percentile, timed } from "./data/machine";

const customers = Number(process.argv[2] ?? 1_000_000);
const rounds = 40;
/** Twelve conditions over every type, as an editor holds them; the numbers change as if someone typed. */
function ruleWith(step: number): Rule {
  return {
    all: [
      { attribute: "active", operator: "equals", value: true },
      { attribute: "plan", operator: "in", value: ["basic", "plus", "premium", "business"] },
      { attribute: "spend", operator: "at_least", value: 10 + step },
      { attribute: "balance", operator: "between", value: [-100, 700 + step] },
      { attribute: "tenure_months", operator: "greater_than", value: 3 },
      { attribute: "churn", operator: "less_than", value: 0.9 },
      { attribute: "city", operator: "not_in", value: ["City 3", "City 5", "City 7", "City 11", "City 13"] },
      { attribute: "signed_up_at", operator: "before", value: "2026-06-01T00:00:00.000Z" },
      { attribute: "last_seen_at", operator: "within_last", value: { n: 700 + step, unit: "days" } },
      { attribute: "email", operator: "contains", value: "a" },
      {
        any: [
          { attribute: "tags", operator: "contains_any", value: ["vip", "beta", "family"] },
          { attribute: "orders", operator: "at_least", value: 20 },
        ],
      },
    ],
  };
}

const days = (n: number) => `TIMESTAMP '${new Date(benchNow - n * 86_400_000).toISOString().replace("Z", "")}'`;

/** The same numbers by hand, over the table that DuckDB makes of the file. */
function bareSql(step: number): string {
  const conditions = [
    "active",
    "plan IN ('basic', 'plus', 'premium', 'business')",
    `spend >= ${10 + step}`,
    `balance BETWEEN -100 AND ${700 + step}`,
    "tenure_months > 3",
    "churn < 0.9",
    "city NOT IN ('City 3', 'City 5', 'City 7', 'City 11', 'City 13')",
    "signed_up_at < TIMESTAMP '2026-06-01'",
    `last_seen_at > ${days(700 + step)} AND last_seen_at <= ${days(0)}`,
    "contains(email, 'a')",
    "list_has_any(string_split(tags, '|'), ['vip', 'beta', 'family'])",
    "orders >= 20",
  ];
  const columns = conditions.map((condition, index) => `coalesce(${condition}, false) AS c${index}`);
  const steps = [...Array.from({ length: 10 }, (_, index) => `c${index}`), "(c10 OR c11)"];
  const held = `CASE ${steps.map((each, index) => `WHEN NOT ${each} THEN ${index}`).join(" ")} ELSE 11 END::UTINYINT AS held`;
  const numbers = steps.map((each, index) => `count_if(${each}), count_if(held > ${index})`).join(", ");
  const missing = ["plan", "spend", "churn", "last_seen_at", "tags", "city"].map((name) => `count(${name})`).join(", ");
  return `SELECT region, count(*), ${numbers}, count_if(c10), count_if(c11), ${missing},
      count_if(held = 11 AND NOT consent), count_if(held = 11 AND consent AND NOT resident), count_if(held = 11 AND consent AND resident)
    FROM (SELECT *, ${held} FROM (SELECT region, plan, spend, churn, last_seen_at, tags, city, ${columns.join(", ")},
      coalesce(marketing = 'yes', false) AS consent, coalesce(region IN ('eu', 'uk', 'us'), false) AS resident FROM customers))
    GROUP BY region`;
}

const engine = await benchEngine(customers);
const connection = await engine.connect();
const bare: number[] = [];
const ours: number[] = [];
const cpu = { bare: 0, ours: 0 };
let members = 0;
for (let step = 0; step < rounds + 3; step++) {
  const definition = { rule: ruleWith(step), include: [], exclude: [] };
  const segment = guardedRule(
    { key: "bench", purposes: ["marketing"], regions: ["eu", "uk", "us"], definition },
    benchCatalogue,
  );
  const byHand = await timed(() => connection.runAndReadAll(bareSql(step)));
  const preview = await timed(() => engine.counts(segment, benchNow));
  const counted = byHand.result.getRows().reduce((total, row) => total + Number(row.at(-1)), 0);
  if (preview.result.members !== counted) throw new Error(`${preview.result.members} members, by hand ${counted}.`);
  members = counted;
  if (step < 3) continue;
  bare.push(byHand.milliseconds);
  ours.push(preview.milliseconds);
  cpu.bare += byHand.processorMs;
  cpu.ours += preview.processorMs;
}
connection.closeSync();
await engine.close();

const line = (name: string, values: readonly number[], used: number) =>
  `${name.padEnd(44)} p50 ${percentile(values, 0.5).toFixed(0)} ms, p95 ${percentile(values, 0.95).toFixed(0)} ms, processor ${(used / rounds).toFixed(0)} ms`;
console.log(machine());
console.log(
  `${customers.toLocaleString("en")} customers, 12 conditions, guards, regions, funnel; ${members.toLocaleString("en")} members; ${rounds} rounds`,
);
console.log(line("DuckDB: one statement by hand", bare, cpu.bare));
console.log(line("Steward: editor preview", ours, cpu.ours));
console.log(
  `ratio ${(percentile(ours, 0.5) / percentile(bare, 0.5)).toFixed(2)}; p95 ${percentile(ours, 0.95).toFixed(0)} ms (bar: at most 200 ms)`,
);
