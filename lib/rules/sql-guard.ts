import { unreadable } from "./condition-value";
import type { GuardLeaf } from "./definition";
import { unexpired } from "./sql-tree";

/** How a dialect says what guards speak of. All are boolean expressions but the bucket, an integer from 0 to 9,999. */
export type GuardWords = {
  consents(purpose: string): string;
  objects(purpose: string): string;
  residesIn(regions: readonly string[]): string;
  isOneOf(ids: readonly string[]): string;
  bucket(salt: string): string;
};

export function guardSql(leaf: GuardLeaf, asOf: number, words: GuardWords): string {
  switch (leaf.guard) {
    case "consent":
      return words.consents(leaf.purpose);
    case "objection":
      return words.objects(leaf.purpose);
    case "region":
      return words.residesIn(leaf.regions);
    case "listed":
      return words.isOneOf(unexpired(leaf.entries, asOf));
    case "rollout":
      if (leaf.below <= 0) return "FALSE";
      return leaf.below >= 10_000 ? "TRUE" : `${words.bucket(leaf.salt)} < ${Math.ceil(leaf.below)}`;
    default:
      throw unreadable(`The guard "${JSON.stringify(leaf)}" is not known.`);
  }
}
