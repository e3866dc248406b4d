import fc from "fast-check";
import type { Engine } from "../engine/engine";
import { openDuckDbEngine } from "../engine/server/duckdb-engine";
import { storableProfile } from "../engine/storable-profile";
import { guardedRuleOfArtefact } from "../guards/guarded-rule";
import type { Profile, TreeNode } from "../rules/definition";
import { compile } from "../rules/evaluate";
import { testEngines } from "./engines";
import type { MembershipBatch } from "./membership-arbitraries";
import { runCel, runFlagd, runJsonLogic } from "./rule-runners";
import { type ConformanceCase, shrinkCase } from "./shrink-case";

export type Disagreement = ConformanceCase & { readonly verdicts: Readonly<Record<string, boolean>> };

/** What each program says of every customer of a batch, a row a tree. */
type Program = {
  readonly name: string;
  verdicts(batch: MembershipBatch): Promise<boolean[][]>;
};

/** The five programs: DuckDB in both of its ways to keep texts, JsonLogic by two readers of it. */
const programs: readonly Program[] = [
  inProcess("interpreter", compile),
  inEngine("DuckDB", testEngines.duckdb),
  inEngine("DuckDB with texts as they are", () => openDuckDbEngine(":memory:", { code: 0, bits: 0 })),
  inEngine("ClickHouse", testEngines.clickhouse),
  inProcess("JsonLogic", runJsonLogic),
  inProcess("JsonLogic in flagd", runFlagd),
  inProcess("CEL", runCel),
];

type Evaluator = (profile: Profile, asOf: number) => boolean;

function inProcess(name: string, read: (tree: TreeNode) => Evaluator): Program {
  return {
    name,
    verdicts: async ({ attributes, trees, profiles, asOf }) => {
      const types = new Map(attributes.map(({ key, type }) => [key, type]));
      const stored = profiles.map((profile) => storableProfile(profile, types));
      return trees.map((tree) => {
        const isMember = read(tree);
        return stored.map((profile) => isMember(profile, asOf));
      });
    },
  };
}

function inEngine(name: string, open: () => Promise<Engine>): Program {
  return {
    name,
    verdicts: async ({ attributes, trees, profiles, asOf }) => {
      const engine = await open();
      try {
        await engine.addAttributes(attributes);
        await engine.upsert(profiles);
        const rows: boolean[][] = [];
        for (const tree of trees) {
          const members = new Set<string>();
          for await (const page of engine.members(asGuarded(tree), asOf)) for (const id of page) members.add(id);
          rows.push(profiles.map(({ id }) => members.has(id)));
        }
        return rows;
      } finally {
        await engine.close();
      }
    },
  };
}

/** Engines take guarded rules only; a tree that was generated is one already, or a piece of one when it is shrunk. */
function asGuarded(tree: TreeNode) {
  return guardedRuleOfArtefact({ key: "generated", parts: { guards: [], rule: tree }, tree });
}

export type BatchOutcome = { readonly cases: number; readonly members: number; readonly disagreement?: Disagreement };

/** Asks all programs about the batch; gives the first case that they do not all answer alike. */
export async function compareBatch(batch: MembershipBatch): Promise<BatchOutcome> {
  const answers = await Promise.all(programs.map(({ verdicts }) => verdicts(batch)));
  const [reference = []] = answers;
  const cases = batch.trees.length * batch.profiles.length;
  const members = reference.flat().filter(Boolean).length;
  for (const [row, tree] of batch.trees.entries()) {
    for (const [column, profile] of batch.profiles.entries()) {
      const verdicts = answers.map((answer) => answer[row]?.[column] ?? false);
      if (new Set(verdicts).size === 1) continue;
      const named = Object.fromEntries(programs.map(({ name }, index) => [name, verdicts[index] ?? false]));
      const { attributes, asOf } = batch;
      return { cases, members, disagreement: { attributes, tree, profile, asOf, verdicts: named } };
    }
  }
  return { cases, members };
}

/** For a test that was printed from a failing case: throws with every program's verdict unless they agree. */
export async function expectAgreement({ attributes, tree, profile, asOf }: ConformanceCase): Promise<void> {
  const { disagreement } = await compareBatch({ attributes, trees: [tree], profiles: [profile], asOf });
  if (disagreement) throw new Error(`The programs disagree: ${JSON.stringify(disagreement.verdicts)}`);
}

/** The smallest case near by that they still disagree about, as a test to paste. */
export async function asTest(found: Disagreement): Promise<string> {
  const { attributes, tree, profile, asOf } = await shrinkCase(found, async (smaller) => {
    const { disagreement } = await compareBatch({ ...smaller, trees: [smaller.tree], profiles: [smaller.profile] });
    return disagreement !== undefined;
  });
  const lines = [
    'test("the five programs agree", async () => {',
    "  await expectAgreement({",
    `    attributes: ${fc.stringify(attributes)},`,
    `    tree: ${fc.stringify(tree)},`,
    `    profile: ${fc.stringify(profile)},`,
    `    asOf: ${asOf},`,
    "  });",
    "});",
  ];
  return lines.join("\n");
}
