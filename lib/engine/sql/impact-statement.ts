import type { GuardedRule } from "../../guards/guarded-rule";
import { type ImpactCause, type ImpactStep, impactSteps } from "../../guards/impact-steps";
import type { TreeNode } from "../../rules/definition";
import { treeSql } from "../../rules/sql-tree";
import type { Impact, ImpactSample } from "../answers";
import type { CountingDialect } from "./counting-dialect";
import { type LevelledSelect, levelledSelect } from "./node-columns";
import { type Asking, ask, type Question, type SqlRow } from "./question";
import { numberColumn, sumAggregates, sumFrom } from "./sums";

export type Change = {
  readonly before: GuardedRule;
  readonly after: GuardedRule;
  /** Keys of attributes that are scores. */
  readonly scores: ReadonlySet<string>;
  /** Keys of numeric attributes. */
  readonly sums: readonly string[];
};

/** Who moves and why by one statement; a second one, if `samples` are wanted, looks at those who move. */
export async function askImpact(asking: Asking, change: Change, samples = 0): Promise<Impact> {
  const counted = await ask(asking, (dialect) => movesStatement(change, dialect));
  const sample = (kind: Move, among: number) =>
    samples > 0 && among > 0 ? ask(asking, (dialect) => samplesStatement(change, kind, samples, dialect)) : [];
  const entering = await sample("entering", counted.entering);
  return { ...counted, samples: { entering, leaving: await sample("leaving", counted.leaving) } };
}

type Move = "entering" | "leaving";

function movesStatement(change: Change, dialect: CountingDialect): Question<Omit<Impact, "samples">> {
  const select = levelledSelect(dialect);
  const { was, steps } = movesOf(change, select);
  const becomes = steps.at(-1)?.value ?? was;
  const numbers = [
    `${was} AND ${becomes}`,
    ...steps.flatMap((step) => [`NOT ${was} AND ${step.entering}`, `${was} AND ${step.leaving}`]),
  ];
  const sums = change.sums.flatMap((attribute) => {
    const column = select.stored(numberColumn(attribute, dialect));
    const over = (where: string) => sumAggregates(column, where, dialect);
    return [...over(`NOT ${was} AND ${becomes}`), ...over(`${was} AND NOT ${becomes}`)];
  });
  const sql = `SELECT ${[...numbers.map(dialect.countIf), ...sums].join(", ")} FROM (${select.sql()})`;
  const read = ([row = []]: readonly SqlRow[]) => ({
    ...readMoves(row.slice(0, numbers.length), steps),
    ...(change.sums.length > 0 && { sums: readSums(row.slice(numbers.length), change.sums) }),
  });
  return { sql, parameters: dialect.parameters.list, read };
}

function readSums(values: SqlRow, attributes: readonly string[]): NonNullable<Impact["sums"]> {
  return Object.fromEntries(
    attributes.map((attribute, index) => [
      attribute,
      { entering: sumFrom(values, 2 * index), leaving: sumFrom(values, 2 * index + 1) },
    ]),
  );
}

function readMoves([staying, ...moved]: SqlRow, steps: readonly { cause: ImpactCause }[]): Omit<Impact, "samples"> {
  const byCause = steps
    .map(({ cause }, index) => ({
      cause,
      entering: Number(moved[2 * index]),
      leaving: Number(moved[2 * index + 1]),
    }))
    .filter(({ entering, leaving }) => entering > 0 || leaving > 0);
  const total = (kind: Move) => byCause.reduce((sum, each) => sum + each[kind], 0);
  return { entering: total("entering"), leaving: total("leaving"), staying: Number(staying), byCause };
}

function samplesStatement(
  change: Change,
  kind: Move,
  samples: number,
  dialect: CountingDialect,
): Question<ImpactSample[]> {
  const [from, to] = kind === "entering" ? [change.before, change.after] : [change.after, change.before];
  const moves: TreeNode = { all: [to.tree, { none: [from.tree] }] };
  const found = `(SELECT * FROM ${dialect.profiles} WHERE ${treeSql(moves, dialect)} ORDER BY id LIMIT ${samples})`;
  const select = levelledSelect(dialect, found);
  const { steps } = movesOf(change, select);
  const causes = steps.map((step, index) => `WHEN ${step[kind]} THEN ${index}`).join(" ");
  const sql = `SELECT id, CASE ${causes} END FROM (${select.sql()}) ORDER BY id`;
  const read = (rows: readonly SqlRow[]) =>
    rows.flatMap(([id, index]) => {
      const cause = steps[Number(index)]?.cause;
      return cause === undefined ? [] : [{ id: String(id), cause }];
    });
  return { sql, parameters: dialect.parameters.list, read };
}

type StepColumns = {
  readonly cause: ImpactCause;
  readonly value: string;
  /** The step is the last that changed the verdict, and the verdict became true; or false. */
  readonly entering: string;
  readonly leaving: string;
};

function movesOf({ before, after, scores }: Change, select: LevelledSelect): { was: string; steps: StepColumns[] } {
  const was = select.truth(before.tree).value;
  const changes = effectiveSteps(before.tree, impactSteps(before, after, scores));
  const values = changes.map(({ tree }) => select.truth(tree).value);
  const steps = changes.map(({ cause }, index) => {
    const previous = index === 0 ? was : (values[index - 1] ?? was);
    const onwards = values.slice(index);
    return {
      cause,
      value: values[index] ?? was,
      entering: [`NOT ${previous}`, ...onwards].join(" AND "),
      leaving: [previous, ...onwards.map((value) => `NOT ${value}`)].join(" AND "),
    };
  });
  return { was, steps };
}

/** A step that leaves the tree as it was moves nobody. */
function effectiveSteps(before: TreeNode, steps: readonly ImpactStep[]): readonly ImpactStep[] {
  const texts = [before, ...steps.map(({ tree }) => tree)].map((tree) => JSON.stringify(tree));
  return steps.filter((_, index) => texts[index] !== texts[index + 1]);
}
