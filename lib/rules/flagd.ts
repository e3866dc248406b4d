import type { TreeNode } from "./definition";
import { type JsonLogic, toJsonLogic } from "./jsonlogic";
import type { Translation } from "./translation";

/** A flag of a flagd document: on for members. The evaluation context is what JsonLogic is given. */
export type FlagdFlag = {
  readonly state: "ENABLED";
  readonly variants: { readonly true: true; readonly false: false };
  readonly defaultVariant: "false";
  readonly targeting: JsonLogic;
};

export function toFlagd(tree: TreeNode): Translation<FlagdFlag> {
  const translation = toJsonLogic(tree);
  if (!translation.ok) return translation;
  const variants = { true: true, false: false } as const;
  return { ok: true, output: { state: "ENABLED", variants, defaultVariant: "false", targeting: translation.output } };
}
