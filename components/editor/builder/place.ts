import type { Path } from "react-querybuilder";

export function placeKey(path: readonly number[]): string {
  return path.join(".");
}

/** "condition 2.1": how controls of a row tell whoever cannot see it where they are. */
export function conditionName(path: Path): string {
  return `condition ${placeName(path)}`;
}

export function groupName(path: Path): string {
  return path.length === 0 ? "The rule takes" : `Group ${placeName(path)} takes`;
}

/** What is read out when a row or group has moved. */
export function moveWords(kind: "rule" | "group", from: Path, to: Path): string {
  const [before, now] = [placeName(from), placeName(to)];
  return kind === "rule" ? `Condition ${before} is now condition ${now}.` : `Group ${before} is now group ${now}.`;
}

function placeName(path: Path): string {
  return path.map((step) => step + 1).join(".");
}
