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
  return translation.ok ? { ok: true, output: flagdFlag(translation.output) } : translation;
}

export function flagdFlag(targeting: JsonLogic): FlagdFlag {
  return { state: "ENABLED", variants: { true: true, false: false }, defaultVariant: "false", targeting };
}
