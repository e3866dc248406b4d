import type { z } from "zod";
import { toCel } from "../rules/cel";
import { cannotSay, withoutRule } from "./definition";
import type { celBundleSchema, FeedDefinition } from "./wire";

/** The segments with their rules as CEL expressions. */
export function celBundle(
  environment: string,
  revision: number,
  definitions: readonly FeedDefinition[],
): z.input<typeof celBundleSchema> {
  return { environment, revision, segments: definitions.map(asCel) };
}

function asCel(definition: FeedDefinition): z.input<typeof celBundleSchema>["segments"][number] {
  const said = toCel(definition.rule);
  return { ...withoutRule(definition), ...(said.ok ? { expression: said.output } : cannotSay(said.limits)) };
}
