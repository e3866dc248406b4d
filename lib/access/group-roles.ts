import { type Role, roles } from "./permissions";

/** Which roles a group at the identity provider gives; groups are compared as they are written. */
export type GroupRoles = ReadonlyMap<string, readonly Role[]>;

export const groupRolesExample = '"steward-admins=admin,author; steward-reviewers=reviewer"';

/**
 * Reads "group=role,role; group=role". The last "=" divides, so that a group may be a distinguished name. Problems are
 * said one by one, each naming the group.
 */
export function parseGroupRoles(text: string): { readonly groupRoles: GroupRoles; readonly problems: string[] } {
  const groupRoles = new Map<string, readonly Role[]>();
  const problems: string[] = [];
  for (const part of text.split(";").map((each) => each.trim())) {
    if (part === "") continue;
    const divider = part.lastIndexOf("=");
    const group = part.slice(0, Math.max(divider, 0)).trim();
    const given = namesIn(part.slice(divider + 1));
    const unknown = given.filter((name) => !isRole(name));
    if (divider < 0) problems.push(`"${part}" has no "=" between the group and its roles`);
    else if (group === "") problems.push(`"${part}" names no group before the "="`);
    else if (groupRoles.has(group)) problems.push(`the group "${group}" is there twice`);
    else if (given.length === 0) problems.push(`the group "${group}" has no role`);
    else if (unknown.length > 0) problems.push(`the group "${group}" has ${unknownRoles(unknown)}`);
    else groupRoles.set(group, [...new Set(given.filter(isRole))]);
  }
  if (groupRoles.size === 0 && problems.length === 0) problems.push("no group is named");
  return { groupRoles, problems };
}

/** What all of the groups give together, in the order of the permission table. */
export function rolesOfGroups(groupRoles: GroupRoles, groups: readonly string[]): Role[] {
  const given = new Set(groups.flatMap((group) => groupRoles.get(group) ?? []));
  return roles.filter((role) => given.has(role));
}

function namesIn(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function isRole(name: string): name is Role {
  return (roles as readonly string[]).includes(name);
}

function unknownRoles(names: readonly string[]): string {
  return `${names.map((name) => `"${name}"`).join(", ")}, where roles are ${roles.join(", ")}`;
}
