import { expect, test } from "vitest";
import { parseGroupRoles, rolesOfGroups } from "./group-roles";

test("groups give roles, in the order of the permission table and each once", () => {
  const { groupRoles, problems } = parseGroupRoles("staff = reviewer , author,author; CN=Ops,DC=x=operator;");
  expect(problems).toEqual([]);
  expect(rolesOfGroups(groupRoles, ["CN=Ops,DC=x", "staff", "elsewhere"])).toEqual(["author", "reviewer", "operator"]);
  expect(rolesOfGroups(groupRoles, ["Staff", "CN=Ops"])).toEqual([]);
});

test.each([
  ["", "no group is named"],
  ["staff", '"staff" has no "=" between the group and its roles'],
  ["=admin", '"=admin" names no group before the "="'],
  ["staff=", 'the group "staff" has no role'],
  ["staff=author;staff=admin", 'the group "staff" is there twice'],
  ["staff=author,root", 'the group "staff" has "root", where roles are viewer, support'],
])("%j is refused, and it is said why", (text, problem) => {
  expect(parseGroupRoles(text).problems).toEqual([expect.stringContaining(problem)]);
});
