import { Command } from "commander";
import { newPersonSchema } from "../../lib/access/contract";
import { roles } from "../../lib/access/permissions";
import { addPerson } from "../../lib/changes/server/add-person";
import { DomainError } from "../../lib/errors";
import { withDatabase } from "../../lib/server/command-database";
import { commandLineActor } from "./command-line-actor";

type CreateOptions = { email: string; name: string; role: string[]; team?: string; password: boolean };

export function personCommand(): Command {
  const create = new Command("create")
    .description("adds a person and prints a made password, once; the first one of an empty installation comes so")
    .requiredOption("--email <email>", "how they sign in")
    .requiredOption("--name <name>", "how they are shown")
    .requiredOption(
      "--role <role...>",
      `what they may do: ${roles.join(", ")}; an admin applies it in the console, where there is one`,
    )
    .option("--team <key>", "their team; made where it does not exist")
    .option("--no-password", "they sign in through the identity provider only")
    .action((options: CreateOptions) =>
      withDatabase(async (db) => {
        const ctx = { actor: commandLineActor(), db, now: new Date() };
        const { person, password, change } = await addPerson(ctx, newPersonOf(options));
        console.log(password ?? `${person.email} may sign in through the identity provider.`);
        if (change.state === "open") console.error(waitingWords(person.name, change));
      }),
    );
  return new Command("person").description("people who use the console").addCommand(create);
}

function newPersonOf({ role, password, ...rest }: CreateOptions) {
  const parsed = newPersonSchema.safeParse({ ...rest, roles: role, withPassword: password });
  if (parsed.success) return parsed.data;
  throw new DomainError("invalid", parsed.error.issues.map(({ message }) => message).join(" "), {
    reason: "invalid-person",
  });
}

type Waiting = { readonly number: number; readonly deciders: readonly { readonly name: string }[] };

function waitingWords(name: string, { number, deciders }: Waiting): string {
  const who = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(deciders.map((each) => each.name));
  return `${name} may do nothing yet: their roles wait as change ${number} in Settings, Changes for ${who || "an admin"}.`;
}
