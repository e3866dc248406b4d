import type { Artefact } from "../guards/artefact";
import { type GuardedRule, guardedRule, guardedRuleOfArtefact, killedRule } from "../guards/guarded-rule";
import { resolvedReferencesOf } from "../rules/references";
import type { SegmentDocument } from "../segments/document";
import type { Meanings } from "../segments/membership-parts";

/** What an environment serves of a document, its references as `meanings` has them. `rolloutPercent` is 0 to 100. */
export function artefactOf(
  document: SegmentDocument,
  { version, contentHash, rolloutPercent }: Pick<Artefact, "version" | "contentHash" | "rolloutPercent">,
  meanings: Meanings,
): Artefact {
  const { key, name, description, regions, treatments, precedence, exclusiveGroup } = document;
  const guarded = guardedRule(document, meanings, rolloutPercent);
  return {
    ...{ key, name, description, version, contentHash },
    ...frozen(guarded),
    references: resolvedReferencesOf(guarded.rule),
    purposes: document.purposes.map((purpose) => ({
      key: purpose,
      lawfulBasis: meanings.purposes.get(purpose)?.lawfulBasis ?? "consent",
    })),
    ...{ regions, treatments, precedence, exclusiveGroup: exclusiveGroup ?? null, rolloutPercent, killed: false },
  };
}

/** The artefact that takes nobody, of one that is live. */
export function killedArtefact(live: Artefact): Artefact {
  return { ...live, ...frozen(killedRule(guardedRuleOfArtefact(live))), killed: true };
}

function frozen({ guards, exclude, include, rule, rollout, tree }: GuardedRule): Pick<Artefact, "parts" | "tree"> {
  return {
    parts: {
      guards: [...guards],
      rule,
      ...(exclude && { exclude }),
      ...(include && { include }),
      ...(rollout && { rollout }),
    },
    tree,
  };
}
