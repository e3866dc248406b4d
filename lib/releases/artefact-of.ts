import type { Artefact } from "../guards/artefact";
import {
  type GuardedRule,
  guardedRule,
  guardedRuleFor,
  guardedRuleOfArtefact,
  killedRule,
  tombstoneRule,
} from "../guards/guarded-rule";
import { resolvedReferencesOf } from "../rules/references";
import { isArchived, type SegmentDocument } from "../segments/document";
import type { Meanings } from "../segments/membership-parts";

/**
 * What an environment serves of a document, its references as `meanings` has them. `rolloutPercent` is 0 to 100. Of an
 * archived one that is a tombstone: nobody, and neither rule nor treatments.
 */
export function artefactOf(
  document: SegmentDocument,
  { version, contentHash, rolloutPercent }: Pick<Artefact, "version" | "contentHash" | "rolloutPercent">,
  meanings: Meanings,
): Artefact {
  const { key, name, description, regions, treatments, precedence, exclusiveGroup } = document;
  const archived = isArchived(document);
  const guarded = archived ? tombstoneRule(key) : guardedRule(document, meanings, rolloutPercent);
  return {
    ...{ key, name, description, version, contentHash },
    ...frozen(guarded),
    references: resolvedReferencesOf(guarded.rule),
    purposes: document.purposes.map((purpose) => ({
      key: purpose,
      lawfulBasis: meanings.purposes.get(purpose)?.lawfulBasis ?? "consent",
    })),
    treatments: archived ? {} : treatments,
    ...{ regions, precedence, exclusiveGroup: exclusiveGroup ?? null, rolloutPercent, killed: false },
    standing: document.standing ?? null,
  };
}

/** The artefact that takes nobody, of one that is live. */
export function killedArtefact(live: Artefact): Artefact {
  return { ...live, ...frozen(killedRule(guardedRuleOfArtefact(live))), killed: true };
}

/** What is live, for another share of customers: all else is as it was approved, its references too. */
export function artefactFor(live: Artefact, rolloutPercent: number): Artefact {
  return { ...live, ...frozen(guardedRuleFor(guardedRuleOfArtefact(live), rolloutPercent)), rolloutPercent };
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
