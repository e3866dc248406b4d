import { Command } from "commander";
import { isDomainError } from "../lib/errors";
import { StartError } from "../lib/server/start-error";
import { auditCommand } from "./commands/audit";
import { personCommand } from "./commands/person";
import { tokenCommand } from "./commands/token";

const program = new Command("npm run steward --")
  .description("Commands for whoever runs Steward, on the installation that the settings name.")
  .showHelpAfterError("Add --help for how to call it.")
  .addCommand(personCommand())
  .addCommand(tokenCommand())
  .addCommand(auditCommand());

try {
  await program.parseAsync();
} catch (error) {
  if (!(isDomainError(error) || error instanceof StartError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof StartError ? error.exitCode : 1;
}
