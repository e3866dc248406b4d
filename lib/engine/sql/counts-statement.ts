import type { GuardedRule } from "../../guards/guarded-rule";
import type { TreeNode } from "../../rules/definition";
import { treeSql } from "../../rules/sql-tree";
import type { Counts, GuardLoss } from "../answers";
import type { CountingDialect } from "./counting-dialect";
import { funnelExpressions } from "./funnel";
import { type LevelledSelect, levelledSelect, type NodeColumns } from "./node-columns";
import type { Question, SqlRow } from "./question";

export function countStatement(rule: GuardedRule, dialect: CountingDialect): Question<number> {
  const sql = `SELECT count(*) FROM ${dialect.profiles} WHERE ${treeSql(rule.tree, dialect)}`;
  return { sql, parameters: dialect.parameters.list, read: ([row]) => Number(row?.[0]) };
}

/** Everything an editor shows beside a rule, by one statement that reads each column once. */
export function countsStatement(rule: GuardedRule, dialect: CountingDialect): Question<Counts> {
  const select = levelledSelect(dialect);
  const root = select.plan(rule.rule);
  const parts = membershipExpressions(rule, root, select);
  const numbers = collectNumbers(dialect);
  const places = {
    population: numbers.population,
    matched: numbers.countIf(root.value),
    included: numbers.countIf(parts.included),
    excluded: numbers.countIf(parts.excluded),
    members: numbers.countIf(parts.member),
    lost: parts.lost.map((loss) => ({ ...loss, customers: numbers.countIf(loss.customers) })),
    funnel: funnelExpressions(root).map(({ path, alone, cumulative, missing }) => ({
      ...{ path, alone: numbers.countIf(alone), cumulative: numbers.countIf(cumulative) },
      missing: missing === undefined ? undefined : numbers.countIf(missing),
    })),
    regions: dialect.regions?.map(({ region, test }) => ({
      ...{ region, members: numbers.countIf(`${parts.member} AND ${test}`) },
    })),
  };
  const [region, grouping] = places.regions ? ["NULL", ""] : ["region", "GROUP BY region"];
  const sql = `SELECT ${region}, ${numbers.aggregates().join(", ")} FROM (${select.sql()}) ${grouping}`;
  return { sql, parameters: dialect.parameters.list, read };

  function read(rows: readonly SqlRow[]): Counts {
    const sum = (place: number) => rows.reduce((total, row) => total + numberIn(row, place), 0);
    const lost = places.lost.map((loss) => ({ ...loss, customers: sum(loss.customers) }));
    const byRegion =
      places.regions?.map(({ region, members }) => ({ region, members: sum(members) })) ??
      rows.map((row) => ({ region: dialect.regionName(row[0]), members: numberIn(row, places.members) }));
    return {
      population: sum(places.population),
      matched: sum(places.matched),
      included: sum(places.included),
      excluded: sum(places.excluded),
      denied: deniedBy(lost),
      lost,
      members: sum(places.members),
      byRegion: largestFirst(byRegion),
      funnel: places.funnel.map(({ path, alone, cumulative, missing }) => ({
        ...{ path, alone: sum(alone), cumulative: sum(cumulative) },
        missing: missing === undefined ? 0 : sum(missing),
      })),
    };
  }
}

/** The aggregates of one statement, behind its first column; each is computed once and has its place in the row. */
function collectNumbers({ countIf }: CountingDialect) {
  const places = new Map([["count(*)", 1]]);
  return {
    population: 1,
    countIf(expression: string): number {
      const aggregate = countIf(expression);
      const place = places.get(aggregate) ?? places.size + 1;
      places.set(aggregate, place);
      return place;
    },
    aggregates: () => [...places.keys()],
  };
}

function membershipExpressions(rule: GuardedRule, root: NodeColumns, select: LevelledSelect) {
  const chosen = rule.rollout ? select.allHold([rule.rule, rule.rollout]).value : root.value;
  const excluded = rule.exclude ? select.truth(rule.exclude).value : "FALSE";
  const included = rule.include ? select.truth(rule.include).value : "FALSE";
  const claimed = `(${included} OR ${chosen})`;
  const kept = `${claimed} AND NOT ${excluded}`;
  const passed = select.held(rule.guards.map(select.truth)).value;
  const member = `${kept} AND ${passed} = ${rule.guards.length}`;
  return {
    member,
    included: `${member} AND NOT ${chosen}`,
    excluded: `${claimed} AND ${excluded}`,
    lost: rule.guards.map((guard, index) => ({
      ...nameOfGuard(guard),
      customers: `${kept} AND ${passed} = ${index}`,
    })),
  };
}

function numberIn(row: SqlRow, place: number): number {
  return Number(row[place]);
}

function largestFirst(regions: readonly { readonly region: string | undefined; readonly members: number }[]) {
  return regions
    .flatMap(({ region, members }) => (region === undefined || members === 0 ? [] : [{ region, members }]))
    .sort((a, b) => b.members - a.members || (a.region < b.region ? -1 : 1));
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
