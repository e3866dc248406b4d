import { Command } from "commander";
import { isDomainError } from "../lib/errors";
import { exitCodes, StartError } from "../lib/server/start-error";

/** Each is loaded when it is asked for: looking at a rule in a file must not wait for the database's client. */
const commands = {
  person: async () => (await import("./commands/person")).personCommand(),
  token: async () => (await import("./commands/token")).tokenCommand(),
  audit: async () => (await import("./commands/audit")).auditCommand(),
  version: async () => (await import("./commands/version")).versionCommand(),
  rule: async () => (await import("./commands/rule")).ruleCommand(),
  count: async () => (await import("./commands/count")).countCommand(),
};

const [wanted = ""] = process.argv.slice(2);
const chosen = Object.entries(commands).filter(([name]) => name === wanted || !Object.hasOwn(commands, wanted));
const program = new Command("npm run steward --")
  .description("Commands for whoever runs Steward, on the installation that the settings name, and for rules in files.")
  .showHelpAfterError("Add --help for how to call it.");
for (const [, load] of chosen) program.addCommand(await load());
for (const each of withSubcommands(program))
  each.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitCodes.usage));

try {
  await program.parseAsync();
} catch (error) {
  if (!(isDomainError(error) || error instanceof StartError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof StartError ? error.exitCode : 1;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
