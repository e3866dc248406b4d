import type { GuardedRule } from "../../guards/guarded-rule";
import type { TreeNode } from "../../rules/definition";
import { treeSql } from "../../rules/sql-tree";
import type { Counts, GuardLoss } from "../engine";
import type { CountingDialect } from "./counting-dialect";
import { funnelExpressions } from "./funnel";
import { levelledSelect } from "./node-columns";
import type { Question, SqlRow } from "./question";

export function countStatement(rule: GuardedRule, dialect: CountingDialect): Question<number> {
  const sql = `SELECT count(*) FROM ${dialect.profiles} WHERE ${treeSql(rule.tree, dialect)}`;
  return { sql, parameters: dialect.parameters.list, read: ([row]) => Number(row?.[0]) };
}

/** Everything an editor shows beside a rule, by one statement that reads each column once. */
export function countsStatement(rule: GuardedRule, dialect: CountingDialect): Question<Counts> {
  const select = levelledSelect(dialect);
  const aggregates = new Map<string, number>();
  const numberOf = (aggregate: string) => {
    const index = aggregates.get(aggregate) ?? aggregates.size;
    aggregates.set(aggregate, index);
    return index;
  };
  const countIf = (expression: string) => numberOf(dialect.countIf(expression));

  const root = select.plan(rule.rule);
  const chosen = rule.rollout ? select.allHold([rule.rule, rule.rollout]).value : root.value;
  const excluded = rule.exclude ? select.truth(rule.exclude).value : "FALSE";
  const included = rule.include ? select.truth(rule.include).value : "FALSE";
  const claimed = `(${included} OR ${chosen})`;
  const kept = `${claimed} AND NOT ${excluded}`;
  const passed = select.held(rule.guards.map(select.truth)).value;
  const member = `${kept} AND ${passed} = ${rule.guards.length}`;

  const places = {
    population: numberOf("count(*)"),
    matched: countIf(root.value),
    included: countIf(`${member} AND NOT ${chosen}`),
    excluded: countIf(`${claimed} AND ${excluded}`),
    members: countIf(member),
  };
  const lost = rule.guards.map((guard, index) => ({
    ...nameOfGuard(guard),
    customers: countIf(`${kept} AND ${passed} = ${index}`),
  }));
  const funnel = funnelExpressions(root).map((step) => ({
    path: step.path,
    alone: countIf(step.alone),
    cumulative: countIf(step.cumulative),
    missing: step.missing === undefined ? undefined : countIf(step.missing),
  }));

  const sql = `SELECT region, ${[...aggregates.keys()].join(", ")} FROM (${select.sql()}) GROUP BY region`;
  return { sql, parameters: dialect.parameters.list, read };

  function read(rows: readonly SqlRow[]): Counts {
    const numberIn = (row: SqlRow, place: number) => Number(row[place + 1]);
    const sum = (place: number) => rows.reduce((total, row) => total + numberIn(row, place), 0);
    const losses = lost.map((each) => ({ ...each, customers: sum(each.customers) }));
    return {
      population: sum(places.population),
      matched: sum(places.matched),
      included: sum(places.included),
      excluded: sum(places.excluded),
      denied: deniedBy(losses),
      lost: losses,
      members: sum(places.members),
      byRegion: rows
        .flatMap((row) => {
          const region = dialect.regionName(row[0]);
          const members = numberIn(row, places.members);
          return region === undefined || members === 0 ? [] : [{ region, members }];
        })
        .sort((a, b) => b.members - a.members || (a.region < b.region ? -1 : 1)),
      funnel: funnel.map(({ path, alone, cumulative, missing }) => ({
        path,
        alone: sum(alone),
        cumulative: sum(cumulative),
        missing: missing === undefined ? 0 : sum(missing),
      })),
    };
  }
}

/** Objections are consent's other side, and counted with it. */
function deniedBy(losses: readonly GuardLoss[]): Counts["denied"] {
  const sum = (wanted: (guard: GuardLoss["guard"]) => boolean) =>
    losses.reduce((total, { guard, customers }) => total + (wanted(guard) ? customers : 0), 0);
  return { consent: sum((guard) => guard !== "region"), region: sum((guard) => guard === "region") };
}

function nameOfGuard(guard: TreeNode): Pick<GuardLoss, "guard" | "purpose"> {
  const leaf = "none" in guard ? guard.none[0] : guard;
  if (leaf && "guard" in leaf && (leaf.guard === "consent" || leaf.guard === "objection"))
    return { guard: leaf.guard, purpose: leaf.purpose };
  return { guard: "region" };
}
