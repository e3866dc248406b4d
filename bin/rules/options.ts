import { Command, InvalidArgumentError, Option } from "commander";
import { parseInstant } from "../../lib/rules/instant";

export type LookOptions = { readonly catalogue?: string; readonly asOf: number; readonly json: boolean };

/** A command that looks at a rule in a file. */
export function fileCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .argument("<file>", 'a rule or a segment document as JSON; "-" reads what comes in')
    .option("--catalogue <file>", "attributes, purposes and regions as JSON; else they are inferred")
    .addOption(asOfOption())
    .option("--json", "answers for machines", false);
}

function asOfOption(): Option {
  return new Option("--as-of <instant>", "the instant to look at, in UTC, as 2026-12-31T23:59:59Z")
    .argParser((text) => {
      const instant = parseInstant(text);
      if (instant === undefined) throw new InvalidArgumentError("Give an instant as 2026-12-31T23:59:59Z.");
      return instant;
    })
    .default(Date.now(), "now");
}
