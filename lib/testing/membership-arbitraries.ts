import fc from "fast-check";
import type { Attribute, Catalogue } from "../catalogue/definition";
import { guardedRule } from "../guards/guarded-rule";
import type { ListedCustomer, Profile, TreeNode } from "../rules/definition";
import { resolveReferences } from "../rules/references";
import type { DocumentVocabulary } from "../rules/vocabulary";
import type { ListEntry } from "../segments/document";
import { anyInstant } from "./condition-arbitraries";
import { anyCatalogue, anyProfile, anyRule, purposeKeys, regionKeys } from "./rule-arbitraries";

/** Trees as they are served, over one catalogue, and the customers and the instant (milliseconds) to ask them about. */
export type MembershipBatch = {
  readonly attributes: readonly Attribute[];
  readonly trees: readonly TreeNode[];
  readonly profiles: readonly Profile[];
  readonly asOf: number;
};

/**
 * Whole memberships: rules that refer to lists and to segments (one of which refers to the other), with guards, and
 * lists by hand that expire. Every profile has an id of its own. No rollout is partial: two formats cannot say one.
 */
export function anyMembershipBatch(size: { trees: number; profiles: number }): fc.Arbitrary<MembershipBatch> {
  return fc.tuple(anyCatalogue, anyInstant).chain(([catalogue, asOf]) =>
    manyOf(anyProfile(catalogue, asOf), size.profiles).chain((drawn) => {
      const profiles = drawn.map((profile, index) => ({ ...profile, id: `${profile.id}#${index}` }));
      const ids = profiles.map(({ id }) => id);
      return anyVocabulary(catalogue, ids, asOf).chain((vocabulary) =>
        manyOf(anyTree(vocabulary, ids, asOf), size.trees).map((trees) => ({
          ...{ attributes: [...catalogue.attributes.values()], trees, profiles, asOf },
        })),
      );
    }),
  );
}

function manyOf<T>(arbitrary: fc.Arbitrary<T>, length: number): fc.Arbitrary<T[]> {
  return fc.array(arbitrary, { minLength: length, maxLength: length, size: "max" });
}

function anyVocabulary(catalogue: Catalogue, ids: readonly string[], asOf: number): fc.Arbitrary<DocumentVocabulary> {
  return anyListed(ids, asOf).chain((entries) => {
    const lists = new Map([["listed", { name: "Listed", content: { version: 1, entries } }]]);
    return anyRule({ ...catalogue, lists }, asOf, 1).chain((inner) => {
      const segments = new Map([
        ["inner", { name: "Inner", released: { version: 1, rule: resolveReferences(inner, { lists }) } }],
      ]);
      return anyRule({ ...catalogue, lists, segments }, asOf, 1).map((outer) => ({
        ...{ ...catalogue, lists },
        segments: segments.set("outer", {
          name: "Outer",
          released: { version: 2, rule: resolveReferences(outer, { lists, segments: new Map(segments) }) },
        }),
      }));
    });
  });
}

type Guarding = { readonly purposes: string[]; readonly regions: string[] };

/** Half of them guarded as segments are, half with a region guard that lets most pass, so that the rule decides. */
function anyTree(vocabulary: DocumentVocabulary, ids: readonly string[], asOf: number): fc.Arbitrary<TreeNode> {
  const everyone: Guarding = { purposes: [], regions: [...regionKeys] };
  const guards: fc.Arbitrary<Guarding> = fc.oneof(
    fc.record({ purposes: fc.subarray<string>([...purposeKeys]), regions: fc.subarray<string>([...regionKeys]) }),
    fc.constant(everyone),
  );
  const byHand: fc.Arbitrary<ListEntry[]> = fc.oneof(
    { arbitrary: fc.constant<ListEntry[]>([]), weight: 2 },
    { arbitrary: anyListed(ids, asOf).map((entries) => entries.map(entryByHand)), weight: 1 },
  );
  return fc
    .record({ rule: anyRule(vocabulary, asOf), guards, include: byHand, exclude: byHand })
    .map(({ rule, guards: { purposes, regions }, include, exclude }) => {
      const document = { key: "generated", purposes, regions, definition: { rule, include, exclude } };
      return guardedRule(document, vocabulary).tree;
    });
}

/** Some of the customers, each for ever or until an instant near `asOf`. */
function anyListed(ids: readonly string[], asOf: number): fc.Arbitrary<ListedCustomer[]> {
  return fc
    .subarray([...ids], { minLength: 1, maxLength: Math.min(ids.length, 12) })
    .chain((listed) =>
      fc.tuple(
        ...listed.map((customerId) =>
          fc
            .constantFrom(undefined, asOf - 1, asOf, asOf + 1)
            .map((expiresAt) => (expiresAt === undefined ? { customerId } : { customerId, expiresAt })),
        ),
      ),
    );
}

function entryByHand({ customerId, expiresAt }: ListedCustomer): ListEntry {
  const entry = { customerId, reason: "" };
  return expiresAt === undefined ? entry : { ...entry, expiresAt: new Date(expiresAt).toISOString() };
}
