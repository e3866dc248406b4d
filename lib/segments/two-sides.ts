import canonicalize from "canonicalize";
import type { SegmentDocument } from "./document";

const partNames = {
  key: "Key",
  name: "Name",
  description: "Description",
  documentation: "Why it exists",
  tags: "Tags",
  owner: "Owner",
  criticality: "Criticality",
  purposes: "Purposes",
  regions: "Regions",
  definition: "Rule and lists",
  precedence: "Precedence",
  exclusiveGroup: "Exclusive group",
  treatments: "Treatments",
  objectives: "Objectives",
  lifecycle: "Review",
  tests: "Tests",
  standing: "Standing",
} as const satisfies Record<keyof SegmentDocument, string>;

export type Part = keyof typeof partNames;
export type ChangedPart = {
  readonly part: Part;
  readonly name: string;
  readonly mine: string;
  readonly theirs: string;
};

const longest = 400;

/** The parts in which two documents differ, each side as text for a person to choose by. */
export function changedParts(mine: SegmentDocument, theirs: SegmentDocument): readonly ChangedPart[] {
  return (Object.keys(partNames) as Part[])
    .filter((part) => canonicalize(mine[part]) !== canonicalize(theirs[part]))
    .map((part) => ({ part, name: partNames[part], mine: textOf(mine[part]), theirs: textOf(theirs[part]) }));
}

function textOf(value: unknown): string {
  if (value === undefined) return "none";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text;
}

/** Mine, but for the parts where theirs was chosen. */
export function mergeSides(
  mine: SegmentDocument,
  theirs: SegmentDocument,
  chosen: Readonly<Record<string, "mine" | "theirs">>,
): SegmentDocument {
  const parts = Object.keys(partNames).filter((part) => chosen[part] === "theirs") as Part[];
  const kept = Object.entries(mine).filter(([part]) => !parts.includes(part as Part));
  const taken = Object.entries(theirs).filter(([part]) => parts.includes(part as Part));
  return Object.fromEntries([...kept, ...taken]) as SegmentDocument;
}
