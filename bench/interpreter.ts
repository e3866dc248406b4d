import fc from "fast-check";
import jsonLogic, { type RulesLogic } from "json-logic-js";
import type { Profile, TreeNode } from "../lib/rules/definition";
import { compile } from "../lib/rules/evaluate";
import { toJsonLogic } from "../lib/rules/jsonlogic";
import { anyMembershipBatch } from "../lib/testing/membership-arbitraries";
import { runCel } from "../lib/testing/rule-runners";
import { machine, percentile } from "./data/machine";

type Asked = { readonly profile: Profile; readonly asOf: number; readonly data: object };
type Evaluator = (asked: Asked) => boolean;

/** Memberships as they are served, over customers of theirs: every program answers the same questions. */
const batches = fc.sample(anyMembershipBatch({ trees: 40, profiles: 50 }), { numRuns: 25, seed: 20_261_121 });
const questions = batches.reduce((sum, { trees, profiles }) => sum + trees.length * profiles.length, 0);
const rounds = 15;

const ours: Program = {
  name: "Steward: the interpreter",
  read(tree) {
    const isMember = compile(tree);
    return ({ profile, asOf }) => isMember(profile, asOf);
  },
};
const theirs: Program = {
  name: "json-logic-js, the rule translated",
  read(tree) {
    const translation = toJsonLogic(tree);
    if (!translation.ok) throw new Error("A rule cannot be said in JsonLogic.");
    const logic = translation.output as RulesLogic;
    return ({ data }) => jsonLogic.apply(logic, data) === true;
  },
};
const cel: Program = {
  name: "CEL by @bufbuild/cel, the rule translated",
  read(tree) {
    const isMember = runCel(tree);
    return ({ profile, asOf }) => isMember(profile, asOf);
  },
};

type Program = { readonly name: string; read(tree: TreeNode): Evaluator };

const runs = [theirs, cel, ours].map(({ name, read }) => ({
  name,
  batches: batches.map(({ trees, profiles, asOf }) => ({
    evaluators: trees.map((tree) => read(tree)),
    customers: profiles.map((profile): Asked => ({ profile, asOf, data: { ...profile, asOf } })),
  })),
  nanoseconds: [] as number[],
  members: 0,
}));

for (let round = -3; round < rounds; round++) {
  for (const run of runs) {
    run.members = 0;
    const start = performance.now();
    for (const { evaluators, customers } of run.batches)
      for (const isMember of evaluators) for (const customer of customers) if (isMember(customer)) run.members++;
    const milliseconds = performance.now() - start;
    if (round >= 0) run.nanoseconds.push((milliseconds * 1e6) / questions);
  }
}

const members = runs[0]?.members ?? 0;
if (runs.some((run) => run.members !== members)) throw new Error("The programs count other members.");
console.log(machine());
const count = (number: number) => number.toLocaleString("en");
console.log(`${count(questions)} questions, each rule read once; ${count(members)} answered yes; ${rounds} rounds`);
for (const { name, nanoseconds } of runs) {
  const [p50, p95] = [percentile(nanoseconds, 0.5), percentile(nanoseconds, 0.95)];
  console.log(`${name.padEnd(44)} p50 ${p50.toFixed(0)} ns, p95 ${p95.toFixed(0)} ns a question`);
}
const ratio = medianOf(theirs) / medianOf(ours);
console.log(`${ratio.toFixed(1)} times as fast as json-logic-js (bar: at least 5)`);

function medianOf({ name }: Program): number {
  return percentile(runs.find((run) => run.name === name)?.nanoseconds ?? [], 0.5);
}
