import { compileCondition, type Test } from "./compile-condition";
import { unreadable } from "./condition-value";
import type { GuardLeaf, ListedCustomer, Profile, TreeNode } from "./definition";
import { meaningfulLeaf } from "./meaningful-leaf";
import { isResolvedList, isResolvedSegment, meaningOf } from "./references";
import { rolloutBucket } from "./rollout-bucket";

/** The reference interpreter: whether the customer is in, at `asOf` (milliseconds since 1970 UTC). */
export function evaluate(tree: TreeNode, profile: Profile, asOf: number): boolean {
  let test = tests.get(tree);
  if (!test) {
    test = compile(tree);
    tests.set(tree, test);
  }
  return test(profile, asOf);
}

/** What is served is asked of one customer after another, and read once. */
const tests = new WeakMap<TreeNode, Test>();

/**
 * Reads the tree once and gives a function to call for every customer.
 * Throws `DomainError("invalid", reason "unreadable-rule")` for what this reader does not know: never a silent false.
 */
export function compile(tree: TreeNode): Test {
  if ("all" in tree) return all(tree.all.map(compile));
  if ("any" in tree) return any(tree.any.map(compile));
  if ("none" in tree) return not(any(tree.none.map(compile)));
  if (isResolvedSegment(tree) || isResolvedList(tree)) return compile(meaningOf(tree));
  const leaf = meaningfulLeaf(tree);
  return "guard" in leaf ? compileGuard(leaf) : compileCondition(leaf);
}

function all(tests: readonly Test[]): Test {
  const [first, second, third] = tests;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (third === undefined) return (profile, asOf) => first(profile, asOf) && second(profile, asOf);
  return (profile, asOf) => {
    for (const test of tests) if (!test(profile, asOf)) return false;
    return true;
  };
}

function any(tests: readonly Test[]): Test {
  const [first, second, third] = tests;
  if (first === undefined) return () => false;
  if (second === undefined) return first;
  if (third === undefined) return (profile, asOf) => first(profile, asOf) || second(profile, asOf);
  return (profile, asOf) => {
    for (const test of tests) if (test(profile, asOf)) return true;
    return false;
  };
}

function not(test: Test): Test {
  return (profile, asOf) => !test(profile, asOf);
}

function compileGuard(leaf: GuardLeaf): Test {
  switch (leaf.guard) {
    case "consent":
      return (profile) => profile.consents.includes(leaf.purpose);
    case "objection":
      return (profile) => profile.objections.includes(leaf.purpose);
    case "region": {
      const regions = new Set(leaf.regions);
      return (profile) => profile.region !== undefined && regions.has(profile.region);
    }
    case "listed": {
      const expiries = expiryByCustomer(leaf.entries);
      return (profile, asOf) => asOf < (expiries.get(profile.id) ?? Number.NEGATIVE_INFINITY);
    }
    case "rollout":
      return (profile) => rolloutBucket(leaf.salt, profile.id) < leaf.below;
    default:
      throw unreadable(`The guard "${JSON.stringify(leaf)}" is not known.`);
  }
}

const readEntries = new WeakMap<readonly ListedCustomer[], ReadonlyMap<string, number>>();

/** A customer listed twice is listed until the later expiry. Long lists are compiled often, so each is read once. */
function expiryByCustomer(entries: readonly ListedCustomer[]): ReadonlyMap<string, number> {
  const known = readEntries.get(entries);
  if (known) return known;
  const expiries = new Map<string, number>();
  for (const { customerId, expiresAt = Number.POSITIVE_INFINITY } of entries)
    expiries.set(customerId, Math.max(expiresAt, expiries.get(customerId) ?? Number.NEGATIVE_INFINITY));
  readEntries.set(entries, expiries);
  return expiries;
}
