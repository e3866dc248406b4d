import type { Change } from "@/lib/changes/contract";

const list = new Intl.ListFormat("en-GB", { type: "disjunction" });

/** "Priya Nair or Sofia Marchetti decides." */
export function deciderWords({ deciders }: Pick<Change, "deciders">): string {
  if (deciders.length === 0) {
    return "Nobody may decide on it yet: somebody else needs a role that may, which can be given from the command line.";
  }
  return `${list.format(deciders.map(({ name }) => name))} decides.`;
}
