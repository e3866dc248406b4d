import type { Path } from "react-querybuilder";

export function placeKey(path: readonly number[]): string {
  return path.join(".");
}

/** "condition 2.1": how controls of a row tell whoever cannot see it where they are. */
export function conditionName(path: Path): string {
  return `condition ${path.map((step) => step + 1).join(".")}`;
}

export function groupName(path: Path): string {
  return path.length === 0 ? "The rule takes" : `Group ${path.map((step) => step + 1).join(".")} takes`;
}
