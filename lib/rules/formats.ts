import { toCel } from "./cel";
import type { TreeNode } from "./definition";
import { toFlagd } from "./flagd";
import { toJsonLogic } from "./jsonlogic";
import type { FormatLimit, Translation } from "./translation";

/** What a consumer can read a rule as. */
export const readFormats = ["tree", "jsonlogic", "flagd", "cel"] as const;
export type ReadFormat = (typeof readFormats)[number];

export const formatNames = {
  tree: "Steward's own tree",
  jsonlogic: "JsonLogic",
  flagd: "flagd",
  cel: "CEL",
} as const satisfies Record<ReadFormat, string>;

/** What of the tree the format cannot say; nothing when it says it all. */
export function limitsOf(format: ReadFormat, tree: TreeNode): readonly FormatLimit[] {
  const translation = translations[format](tree);
  return translation.ok ? [] : translation.limits;
}

const translations: Record<ReadFormat, (tree: TreeNode) => Translation<unknown>> = {
  tree: (tree) => ({ ok: true, output: tree }),
  jsonlogic: toJsonLogic,
  flagd: toFlagd,
  cel: toCel,
};
