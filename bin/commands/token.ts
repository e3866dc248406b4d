import { Command } from "commander";
import { createToken } from "../../lib/access/server/tokens";
import { notFound } from "../../lib/errors";
import { withDatabase } from "../../lib/server/command-database";
import { commandLineActor } from "./command-line-actor";

type CreateOptions = { person: string; name: string };

export function tokenCommand(): Command {
  const create = new Command("create")
    .description("prints a personal token, which acts as its person with no more rights")
    .requiredOption("--person <email>", "whom it acts as")
    .requiredOption("--name <name>", "what it is for")
    .action(({ person: email, name }: CreateOptions) =>
      withDatabase(async (db) => {
        const person = await db.person.findUnique({ where: { email } });
        if (!person) throw notFound("person", email);
        const ctx = { actor: commandLineActor(), db, now: new Date() };
        const { secret } = await createToken(ctx, { name, personId: person.id });
        console.log(secret);
      }),
    );
  return new Command("token").description("personal tokens for the REST API").addCommand(create);
}
