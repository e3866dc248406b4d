import { Command } from "commander";
import { roles } from "../../lib/access/permissions";
import { createPerson } from "../../lib/access/server/create-person";
import { withDatabase } from "../../lib/server/command-database";
import { commandLineActor } from "./command-line-actor";

type CreateOptions = { email: string; name: string; role: string[]; team?: string; password: boolean };

export function personCommand(): Command {
  const create = new Command("create")
    .description("adds a person and prints a made password, once; the first one of an empty installation comes so")
    .requiredOption("--email <email>", "how they sign in")
    .requiredOption("--name <name>", "how they are shown")
    .requiredOption("--role <role...>", `what they may do: ${roles.join(", ")}`)
    .option("--team <key>", "their team; made where it does not exist")
    .option("--no-password", "they sign in through the identity provider only")
    .action(({ email, name, role, team, password: withPassword }: CreateOptions) =>
      withDatabase(async (db) => {
        const ctx = { actor: commandLineActor(), db, now: new Date() };
        const wanted = { email, name, roles: role, withPassword };
        const { password } = await createPerson(ctx, team === undefined ? wanted : { ...wanted, team });
        console.log(password ?? `${email} may sign in through the identity provider.`);
      }),
    );
  return new Command("person").description("people who use the console").addCommand(create);
}
