import { execFileSync } from "node:child_process";
import { z } from "zod";
import { attributeSchema, catalogueOf } from "../lib/catalogue/definition";
import { checkRule } from "../lib/rules/check";
import { bounds, type Rule } from "../lib/rules/definition";
import { machine, percentile } from "./data/machine";

const catalogue = catalogueOf({
  attributes: attributeSchema.shape.type.options.flatMap((type) =>
    Array.from({ length: 20 }, (_, n) => attributeSchema.parse({ key: `${type}_${n}`, name: `${type} ${n}`, type })),
  ),
});

/** As many conditions as a rule may have, of every type, in groups of five. */
function largestRule(): Rule {
  const condition = (n: number): Rule => {
    const on = (type: string) => `${type}_${n % 20}`;
    const kinds: Rule[] = [
      { attribute: on("string"), operator: "in", value: Array.from({ length: 10 }, (_, v) => `Value ${n} ${v}`) },
      { attribute: on("number"), operator: "between", value: [n, n + 0.5] },
      { attribute: on("boolean"), operator: "equals", value: n % 2 === 0 },
      { attribute: on("timestamp"), operator: "within_last", value: { n: n + 1, unit: "days" } },
      { attribute: on("string_set"), operator: "contains_any", value: [`Zoë ${n}`, `sport ${n}`] },
    ];
    return kinds[n % kinds.length] ?? { all: [] };
  };
  const groups = Array.from(
    { length: bounds.conditions / 5 },
    (_, group): Rule => ({
      any: Array.from({ length: 5 }, (__, n) => condition(group * 5 + n)),
    }),
  );
  return { all: groups };
}

const text = JSON.stringify(largestRule());

type Run = { readonly milliseconds: number; readonly processorMs: number };

function timedCheck(): Run {
  const input: unknown = JSON.parse(text);
  return timedRun(() => {
    if (!checkRule(input, catalogue).ok) throw new Error("The rule is not sound.");
  });
}

function timedRun(work: () => void): Run {
  const used = process.cpuUsage();
  const start = performance.now();
  work();
  const milliseconds = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  return { milliseconds, processorMs: (user + system) / 1_000 };
}

function freshProcess(): Run {
  const output = execFileSync(process.execPath, [...process.execArgv, import.meta.filename, "first"]);
  return z.object({ milliseconds: z.number(), processorMs: z.number() }).parse(JSON.parse(String(output)));
}

function line(name: string, runs: readonly Run[]): string {
  const times = runs.map(({ milliseconds }) => milliseconds);
  const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
  const used = runs.reduce((sum, { processorMs }) => sum + processorMs, 0) / runs.length;
  return `${name.padEnd(44)} p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms, processor ${used.toFixed(2)} ms`;
}

if (process.argv[2] === "first") {
  console.log(JSON.stringify(timedCheck()));
} else {
  const first = Array.from({ length: 15 }, freshProcess);
  const parses: Run[] = [];
  const checks: Run[] = [];
  for (let round = -200; round < 1_000; round++) {
    const runs = [timedRun(() => JSON.parse(text)), timedCheck()] as const;
    if (round < 0) continue;
    parses.push(runs[0]);
    checks.push(runs[1]);
  }
  console.log(machine());
  console.log(`a rule of ${bounds.conditions} conditions, ${(text.length / 1_024).toFixed(0)} KiB of JSON`);
  console.log(line("JSON.parse of the same text", parses));
  console.log(line("Steward: checkRule", checks));
  console.log(line("Steward: its first call in a process", first));
  const within = first.filter(({ milliseconds }) => milliseconds <= 5).length;
  console.log(`bar: at most 5 ms; of ${first.length} first calls ${within} are within`);
}
