import { expect, test } from "vitest";
import { newPersonSchema } from "../../access/contract";
import type { Context } from "../../server/context";
import { createTestDatabase } from "../../testing/database";
import { addPerson } from "./add-person";

const someone = (name: string, roles: string[]) =>
  newPersonSchema.parse({ email: `${name}@x.test`, name, roles, withPassword: false });

test("the command line gives the first people their roles at once, until one of them is an admin", async () => {
  const { db } = await createTestDatabase();
  const actor = {
    id: "command-line",
    email: "",
    name: "root",
    team: null,
    roles: ["admin"],
    via: "command line",
  } as const;
  const ctx: Context = { actor, db, now: new Date("2026-06-01T12:00:00Z") };
  const states = [];
  for (const [name, roles] of [
    ["ada", ["author"]],
    ["bob", ["admin"]],
    ["cid", ["admin"]],
  ] as const) {
    const { change } = await addPerson(ctx, someone(name, [...roles]));
    states.push([change.state, change.author, change.deciders.map((person) => person.name)]);
  }
  const nobody = { id: null, name: "root" };
  expect(states).toEqual([
    ["applied", nobody, []],
    ["applied", nobody, []],
    ["open", nobody, ["bob"]],
  ]);
  const people = await db.person.findMany({ orderBy: { name: "asc" } });
  expect(people.map(({ roles }) => roles)).toEqual([["author"], ["admin"], []]);
});
