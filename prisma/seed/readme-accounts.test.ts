import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { demoPassword, demoPeople, demoPersonKeys, demoTeams, emailOf } from "./people";

const readme = readFileSync(join(import.meta.dirname, "..", "..", "README.md"), "utf8");

it.each(demoPersonKeys)("the README says who %s is", (key) => {
  const { name, team } = demoPeople[key];
  const row = readme.split("\n").find((line) => line.startsWith(`| \`${emailOf(key)}\``));
  expect(row).toContain(`${name}, ${demoTeams[team].replace(" team", "")} |`);
});

it("the README says the password", () => {
  expect(readme).toContain(`\`${demoPassword}\``);
});
