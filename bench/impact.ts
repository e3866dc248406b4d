import type { Rule } from "../lib/rules/definition";
import { compare, ratioText, timesLine, wallMs } from "./data/compare";
import { benchEngine } from "./data/engine";
import { benchNow } from "./data/generate";
import { machine } from "./data/machine";
import { benchSegment } from "./data/segments";

const customers = Number(process.argv[2] ?? 1_000_000);
const rounds = 40;
const samples = 20;

function ruleWith(spend: number, churn: number): Rule {
  return {
    all: [
      { attribute: "plan", operator: "in", value: ["premium", "business"] },
      { attribute: "spend", operator: "at_least", value: spend },
      { attribute: "last_seen_at", operator: "not_within_last", value: { n: 90, unit: "days" } },
      {
        any: [
          { attribute: "churn", operator: "at_least", value: churn },
          { attribute: "orders", operator: "at_least", value: 60 },
        ],
      },
    ],
  };
}

/** A change as a review sees it: a purpose more, a region fewer, another threshold of a score, another amount. */
const before = benchSegment(ruleWith(50, 0.6));
const after = (step: number) => benchSegment(ruleWith(80 + step, 0.5), ["marketing", "research"], ["eu", "uk"]);

/** The same by hand, over the table that DuckDB makes of the file: verdicts step by step, then who moved at which. */
function bareSql(step: number): string {
  const seen = `TIMESTAMP '${new Date(benchNow - 90 * 86_400_000).toISOString().replace("Z", "")}'`;
  const rule = (spend: string, churn: string) => `(premium AND ${spend} AND lapsed AND (${churn} OR many))`;
  const verdicts = [
    `marketing AND region3 AND ${rule("spend1", "churn1")}`,
    `marketing AND research AND region3 AND ${rule("spend1", "churn1")}`,
    `marketing AND research AND region2 AND ${rule("spend1", "churn1")}`,
    `marketing AND research AND region2 AND ${rule("spend1", "churn2")}`,
    `marketing AND research AND region2 AND ${rule("spend2", "churn2")}`,
  ];
  const moved = verdicts.slice(1).flatMap((_, index) => {
    const later = Array.from({ length: verdicts.length - 1 - index }, (_, each) => `v${index + 1 + each}`);
    return [
      `count_if(NOT v0 AND NOT v${index} AND ${later.join(" AND ")})`,
      `count_if(v0 AND v${index} AND NOT ${later.join(" AND NOT ")})`,
    ];
  });
  return `SELECT count_if(v0 AND v4), ${moved.join(", ")},
      min(customer_id, ${samples}) FILTER (NOT v0 AND v4), min(customer_id, ${samples}) FILTER (v0 AND NOT v4)
    FROM (SELECT customer_id, ${verdicts.map((verdict, index) => `${verdict} AS v${index}`).join(", ")}
    FROM (SELECT customer_id, coalesce(plan IN ('premium', 'business'), false) AS premium,
      coalesce(spend >= 50, false) AS spend1, coalesce(spend >= ${80 + step}, false) AS spend2,
      coalesce(last_seen_at <= ${seen}, false) AS lapsed,
      coalesce(churn >= 0.6, false) AS churn1, coalesce(churn >= 0.5, false) AS churn2, orders >= 60 AS many,
      marketing = 'yes' AS marketing, research = 'yes' AS research,
      coalesce(region IN ('eu', 'uk', 'us'), false) AS region3, coalesce(region IN ('eu', 'uk'), false) AS region2
    FROM customers))`;
}

const engine = await benchEngine(customers);
const connection = await engine.connect();
let moves = "";
const compared = await compare(
  rounds,
  async (step) => (await connection.runAndReadAll(bareSql(step))).getRows()[0] ?? [],
  (step) => engine.impact(before, after(step), benchNow, { samples, scores: new Set(["churn"]) }),
  ([staying, ...rest], impact) => {
    const counts = rest.slice(0, -2).map(Number);
    const byHand = counts.reduce((total, count) => total + count, 0);
    moves = `${impact.entering} enter, ${impact.leaving} leave, ${impact.staying} stay`;
    if (impact.staying !== Number(staying) || impact.entering + impact.leaving !== byHand)
      throw new Error(`${moves}, by hand ${byHand} move and ${staying} stay.`);
  },
);
connection.closeSync();
await engine.close();

console.log(machine());
console.log(
  `${customers.toLocaleString("en")} customers: ${moves}; causes, and ${samples} of each kind; ${rounds} rounds`,
);
console.log(timesLine("DuckDB: one statement by hand", compared.bare));
console.log(timesLine("Steward: impact with causes and samples", compared.ours));
console.log(`${ratioText(compared)}; p95 ${wallMs(compared.ours, 0.95).toFixed(0)} ms (bar: at most 150 ms)`);
