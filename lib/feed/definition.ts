import type { z } from "zod";
import type { Artefact } from "../guards/artefact";
import { toJsonLogic } from "../rules/jsonlogic";
import type { FormatLimit } from "../rules/translation";
import type { FeedDefinition, feedSegmentSchema } from "./wire";

/** A segment as a scope is told of it, served like this since a revision. */
export function definitionOf(artefact: Artefact, revision: number): FeedDefinition {
  const logic = toJsonLogic(artefact.tree);
  const { key, name, description, version, contentHash, treatments, precedence, exclusiveGroup } = artefact;
  return {
    ...{ key, name, description, version, hash: contentHash, revision },
    purposes: artefact.purposes.map((purpose) => purpose.key),
    regions: artefact.regions,
    ...{ treatments, precedence, exclusiveGroup, rollout: artefact.rolloutPercent, killed: artefact.killed },
    standing: artefact.standing,
    rule: artefact.tree,
    ...(logic.ok ? { jsonLogic: logic.output } : cannotSay(logic.limits)),
  };
}

/** What of a segment needs no rule. */
export function withoutRule(definition: FeedDefinition): z.input<typeof feedSegmentSchema> {
  const { rule: _, jsonLogic: __, cannotSay: ___, ...segment } = definition;
  return segment;
}

/** What goes out in the place of a rule that a format cannot say. */
export function cannotSay(limits: readonly FormatLimit[]): Pick<FeedDefinition, "cannotSay"> {
  return { cannotSay: limits.map(({ path, message }) => ({ path, message })) };
}
