import type { Rule } from "../lib/rules/definition";
import { compare, ratioText, timesLine, wallMs } from "./data/compare";
import { benchEngine } from "./data/engine";
import { benchNow } from "./data/generate";
import { machine } from "./data/machine";
import { benchSegment } from "./data/segments";

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1_000_000, 10_000_000];
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

async function measure(customers: number): Promise<void> {
  const engine = await benchEngine(customers);
  const connection = await engine.connect();
  const rounds = customers > 1_000_000 ? 10 : 40;
  let members = 0;
  const compared = await compare(
    rounds,
    async (step) => (await connection.runAndReadAll(bareSql(step))).getRows(),
    (step) => engine.counts(benchSegment(ruleWith(step)), benchNow),
    (byHand, preview) => {
      members = byHand.reduce((total, row) => total + Number(row.at(-1)), 0);
      if (preview.members !== members) throw new Error(`${preview.members} members, by hand ${members}.`);
    },
  );
  connection.closeSync();
  await engine.close();
  const p95 = customers === 1_000_000 ? `; p95 ${wallMs(compared.ours, 0.95).toFixed(0)} ms (bar: at most 150 ms)` : "";
  console.log(
    `${customers.toLocaleString("en")} customers, 12 conditions, guards, regions, funnel; ${members.toLocaleString("en")} members; ${rounds} rounds`,
  );
  console.log(timesLine("DuckDB: one statement by hand", compared.bare));
  console.log(timesLine("Steward: editor preview", compared.ours));
  console.log(`${ratioText(compared)} (bar: at most 1.5)${p95}\n`);
}

console.log(machine());
for (const customers of sizes) await measure(customers);
