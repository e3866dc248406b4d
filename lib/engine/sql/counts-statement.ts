import type { GuardedRule } from "../../guards/guarded-rule";
import type { TreeNode } from "../../rules/definition";
import type { SqlStatement } from "../../rules/sql-statement";
import { treeSql } from "../../rules/sql-tree";
import type { Counts } from "../engine";
import type { CountingDialect } from "./counting-dialect";
import { funnelExpressions } from "./funnel";
import { type LevelledSelect, levelledSelect } from "./node-columns";

/** What the column `region` holds, and then the numbers that the statement asked for. */
export type CountsRow = { readonly region: unknown; readonly numbers: readonly number[] };

export type CountsStatement = SqlStatement & { read(rows: readonly CountsRow[]): Counts };

/** Everything an editor shows beside a rule, by one statement that reads each column once. */
export function countsStatement(rule: GuardedRule, dialect: CountingDialect): CountsStatement {
  const select = levelledSelect(dialect);
  const aggregates = new Map<string, number>();
  const numberOf = (aggregate: string) => {
    const index = aggregates.get(aggregate) ?? aggregates.size;
    aggregates.set(aggregate, index);
    return index;
  };
  const countIf = (expression: string) => numberOf(dialect.countIf(expression));

  const root = select.plan(rule.rule);
  const isRegion = (guard: TreeNode) => "guard" in guard && guard.guard === "region";
  const consent = holds(
    select,
    rule.guards.filter((guard) => !isRegion(guard)),
  );
  const region = holds(select, rule.guards.filter(isRegion));
  const excluded = rule.exclude ? select.plan(rule.exclude).value : "FALSE";
  const included = rule.include ? select.plan(rule.include).value : "FALSE";
  // The hash is dear, so it is computed only for rows that the rule takes.
  const chosen = rule.rollout
    ? select.define(`CASE WHEN ${root.value} THEN ${treeSql(rule.rollout, dialect)} ELSE FALSE END`, root.level + 1)
    : root.value;
  const claimed = `(${included} OR ${chosen})`;
  const kept = `${claimed} AND NOT ${excluded}`;
  const member = `${kept} AND ${consent} AND ${region}`;

  const places = {
    population: numberOf("count(*)"),
    matched: countIf(root.value),
    included: countIf(`${member} AND NOT ${chosen}`),
    excluded: countIf(`${claimed} AND ${excluded}`),
    consent: countIf(`${kept} AND NOT ${consent}`),
    region: countIf(`${kept} AND ${consent} AND NOT ${region}`),
    members: countIf(member),
  };
  const funnel = funnelExpressions(root).map((step) => ({
    path: step.path,
    alone: countIf(step.alone),
    cumulative: countIf(step.cumulative),
    missing: step.missing === undefined ? undefined : countIf(step.missing),
  }));

  const sql = `SELECT region, ${[...aggregates.keys()].join(", ")} FROM (${select.sql()}) GROUP BY region`;
  return { sql, parameters: dialect.parameters.list, read };

  function read(rows: readonly CountsRow[]): Counts {
    const sum = (place: number | undefined) =>
      place === undefined ? 0 : rows.reduce((total, row) => total + (row.numbers[place] ?? 0), 0);
    return {
      population: sum(places.population),
      matched: sum(places.matched),
      included: sum(places.included),
      excluded: sum(places.excluded),
      denied: { consent: sum(places.consent), region: sum(places.region) },
      lost: [],
      members: sum(places.members),
      byRegion: membersByRegion(rows, places.members, dialect),
      funnel: funnel.map((step) => ({
        path: step.path,
        alone: sum(step.alone),
        cumulative: sum(step.cumulative),
        missing: sum(step.missing),
      })),
    };
  }
}

function holds(select: LevelledSelect, guards: readonly TreeNode[]): string {
  const values = guards.map((guard) => select.plan(guard).value);
  return values.length === 0 ? "TRUE" : `(${values.join(" AND ")})`;
}

function membersByRegion(rows: readonly CountsRow[], members: number, dialect: CountingDialect): Counts["byRegion"] {
  return rows
    .flatMap((row) => {
      const region = dialect.regionName(row.region);
      const count = row.numbers[members] ?? 0;
      return region === undefined || count === 0 ? [] : [{ region, members: count }];
    })
    .sort((a, b) => b.members - a.members || (a.region < b.region ? -1 : 1));
}
