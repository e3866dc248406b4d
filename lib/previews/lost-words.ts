import { lowerFirst } from "../rules/phrase";
import type { Preview } from "./contract";

type Loss = Preview["lost"][number];

export type LossRow = {
  /** Names the row among the losses. */
  readonly key: string;
  readonly text: string;
  readonly customers: number;
};

/** Whom each guard keeps out, in the order in which guards decide: a customer counts for the first that denies them. */
export function lossRows(
  lost: readonly Loss[],
  purposes: readonly { readonly key: string; readonly name: string }[],
): readonly LossRow[] {
  const nameOf = (key: string) => lowerFirst(purposes.find((each) => each.key === key)?.name ?? key);
  return lost.map((loss) => ({
    key: `${loss.guard} ${loss.purpose ?? ""}`.trim(),
    text: lossText(loss, nameOf),
    customers: loss.customers,
  }));
}

function lossText({ guard, purpose }: Loss, nameOf: (key: string) => string): string {
  switch (guard) {
    case "consent":
      return purpose === undefined ? "No consent" : `No consent for ${nameOf(purpose)}`;
    case "objection":
      return purpose === undefined ? "Objected" : `Objected to ${nameOf(purpose)}`;
    case "region":
      return "Lives in no region of the segment";
  }
}
