import type { Command } from "commander";
import type { Counts } from "../../lib/engine/answers";
import { describeNumber } from "../../lib/rules/describe-value";
import { findingLines } from "../rules/check-given";
import { fileCommand, type LookOptions } from "../rules/options";
import { print, printJson } from "../rules/print";
import { readGiven } from "../rules/read-given";

type Options = LookOptions & { readonly data: string; readonly id?: string };

export function countCommand(): Command {
  return fileCommand("count", "counts whom a rule, or a segment, takes of the customers in a file")
    .requiredOption("--data <file>", "customers as CSV, TSV, NDJSON or Parquet")
    .option("--id <column>", "the column with the customers' ids; else the one that looks like it")
    .action(count);
}

async function count(file: string, options: Options): Promise<void> {
  const { countFile } = await import("../rules/count-file");
  const counted = await countFile({ ...options, given: await readGiven(file) });
  if (!counted.ok) {
    process.exitCode = 1;
    return options.json ? printJson(counted) : print(findingLines(counted.findings));
  }
  const { counts, imported, notes, findings } = counted;
  const asOf = new Date(options.asOf).toISOString();
  if (options.json) return printJson({ ...counts, asOf, findings, notes, imported });
  print([
    `${describeNumber(counts.members)} of ${describeNumber(counts.population)} customers are in, as of ${asOf}.`,
    ...stepLines(counts),
    ...notes,
    ...findingLines(findings),
  ]);
  if (imported.rejected === 0) return;
  print([`${describeNumber(imported.rejected)} of ${describeNumber(imported.rows)} rows could not be read:`]);
  print(imported.firstRejects.slice(0, 5).map(({ line, message }) => `  line ${line}: ${message}`));
}

/** What changed between those whom the rule takes and the members; nothing for a bare rule. */
function stepLines({ matched, included, excluded, lost }: Counts): string[] {
  const steps: [count: number, words: string][] = [
    [included, "added by the include list"],
    [excluded, "taken out by the exclude list"],
    ...lost.map(({ guard, purpose, customers }): [number, string] => [customers, lossWords[guard](purpose ?? "")]),
  ];
  const taken = steps.filter(([customers]) => customers > 0);
  if (taken.length === 0) return [];
  const lines = taken.map(([customers, words]) => `  ${describeNumber(customers)} ${words}`);
  return [`The rule takes ${describeNumber(matched)}:`, ...lines];
}

const lossWords = {
  consent: (purpose: string) => `kept out without consent for ${purpose}`,
  objection: (purpose: string) => `kept out by an objection to ${purpose}`,
  region: () => "kept out by their region",
};
