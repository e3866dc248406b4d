import type { Attribute, AttributeType } from "../catalogue/definition";

/** What is known of an attribute's values in the data. Numbers for a number; milliseconds for a timestamp. */
export type ValueStatistics = {
  readonly customers: number;
  readonly missing: number;
  readonly values: readonly { readonly value: string; readonly customers: number }[];
  readonly least: number | null;
  readonly greatest: number | null;
};
export type KnownStatistics = ReadonlyMap<string, ValueStatistics>;

/** What an attribute must be to stand for something: its type, and words of its key or name, the telling ones first. */
export type Wanted = { readonly type: AttributeType; readonly words: readonly string[] };

/** Shorter words must be met whole: "at" is no beginning of "attempts". */
const shortestBeginning = 4;

/**
 * The attribute that fits best: the most telling word decides, then how many more of the words it has, then how few
 * customers lack it, then the key. Attributes that policies call special, and those that nobody has, never fit.
 */
export function fittingAttribute(
  attributes: Iterable<Attribute>,
  { type, words }: Wanted,
  statistics: KnownStatistics,
): Attribute | undefined {
  const ranked = [...attributes]
    .filter((attribute) => attribute.type === type && !attribute.labels.includes("special"))
    .map((attribute) => ({ attribute, met: wordsMet(attribute, words), missing: missingShare(attribute, statistics) }))
    .filter(({ met, missing }) => met.length > 0 && missing < 1);
  ranked.sort(
    (a, b) =>
      (a.met[0] ?? 0) - (b.met[0] ?? 0) ||
      b.met.length - a.met.length ||
      a.missing - b.missing ||
      (a.attribute.key < b.attribute.key ? -1 : 1),
  );
  return ranked[0]?.attribute;
}

/** The share of customers without a value, 0 … 1; 0 where nothing is known. */
function missingShare({ key }: Pick<Attribute, "key">, statistics: KnownStatistics): number {
  const known = statistics.get(key);
  return known && known.customers > 0 ? known.missing / known.customers : 0;
}

/** The places of the words that the key or the name has. */
function wordsMet({ key, name }: Attribute, words: readonly string[]): number[] {
  const tokens = `${key} ${name}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return words.flatMap((word, index) => (tokens.some((token) => isWord(token, word)) ? [index] : []));
}

function isWord(token: string, word: string): boolean {
  return word.length < shortestBeginning ? token === word : token.startsWith(word);
}
