import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { transitions, versionStates } from "./state";

const readme = readFileSync(join(import.meta.dirname, "..", "..", "README.md"), "utf8");

it("the README's diagram of a version shows every transition that there is, and no other", () => {
  expect(drawnTransitions().sort()).toEqual(realTransitions().sort());
});

it("the README's diagram names every state", () => {
  for (const state of versionStates) expect(diagram()).toMatch(new RegExp(`\\b${state}\\b`));
});

/** The first state diagram: the life of a version. */
function diagram(): string {
  const [, text] = /```mermaid\s+stateDiagram-v2\n([\s\S]*?)```/.exec(readme) ?? [];
  if (text === undefined) throw new Error("README.md has no state diagram.");
  return text;
}

/** "draft → in_review: submit"; a line may name several events. */
function drawnTransitions(): string[] {
  return [...diagram().matchAll(/^\s*(\w+) --> (\w+): (.+)$/gm)].flatMap(([, from, to, events = ""]) =>
    events.split(",").map((event) => `${from} → ${to}: ${event.trim().replaceAll(" ", "_")}`),
  );
}

function realTransitions(): string[] {
  return versionStates.flatMap((from) =>
    Object.entries(transitions[from]).map(([event, to]) => `${from} → ${to}: ${event}`),
  );
}
