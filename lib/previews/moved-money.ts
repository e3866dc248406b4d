import { minimumCell, type RoundCustomers, tellsFew } from "../catalogue/small-cells";
import type { Impact, Sum } from "../engine/answers";
import type { DocumentVocabulary } from "../rules/vocabulary";
import type { Preview } from "./contract";

type MovedMoney = NonNullable<NonNullable<Preview["impact"]>["money"]>[number];

/** Which of the attributes can be added up. */
export function summable(attributes: readonly string[], vocabulary: Pick<DocumentVocabulary, "attributes">): string[] {
  return [...new Set(attributes)].filter((key) => vocabulary.attributes.get(key)?.type === "number");
}

/** What the engine added up, with the names and units of the attributes. */
export function movedMoney(
  sums: NonNullable<Impact["sums"]>,
  { attributes }: Pick<DocumentVocabulary, "attributes">,
): MovedMoney[] {
  return Object.entries(sums).map(([attribute, { entering, leaving }]) => {
    const { name = attribute, unit = null } = attributes.get(attribute) ?? {};
    const greatest = { entering: entering.greatest, leaving: leaving.greatest };
    return { attribute, name, unit, entering: entering.total, leaving: leaving.total, greatest };
  });
}

/**
 * By attribute what those have who enter or leave, in absolute values: what comes and what goes, credits and debits do not
 * cancel out.
 */
export type MovedSizes = Readonly<Record<string, number>>;

export function sizesOfMoved(sums: NonNullable<Impact["sums"]> = {}): MovedSizes {
  return mapped(sums, ({ entering, leaving }) => entering.size + leaving.size);
}

/** Of a first version, every member moves. */
export function sizesOfMembers(sums: Readonly<Record<string, Sum>>): MovedSizes {
  return mapped(sums, ({ size }) => size);
}

function mapped<Summed>(sums: Readonly<Record<string, Summed>>, size: (sum: Summed) => number): MovedSizes {
  return Object.fromEntries(Object.entries(sums).map(([attribute, sum]) => [attribute, size(sum)]));
}

/**
 * As it is told to one actor. For people who may not look customers up a sum has two significant digits, and is told
 * only where a cell of customers makes it up and none of them more than a cell's part of it.
 */
export function roundMoney(
  money: readonly MovedMoney[],
  customers: { readonly entering: number; readonly leaving: number },
  round: RoundCustomers,
): MovedMoney[] {
  return money.map(({ greatest, ...exact }) => {
    if (tellsFew(round)) return exact;
    const told = (kind: "entering" | "leaving") => {
      const total = exact[kind];
      const largest = greatest?.[kind] ?? Number.POSITIVE_INFINITY;
      return total === null ? null : roundSum({ total, greatest: largest }, customers[kind]);
    };
    return { ...exact, entering: told("entering"), leaving: told("leaving") };
  });
}

function roundSum({ total, greatest }: Omit<Sum, "size">, customers: number): number | null {
  const isTold = total !== 0 && customers >= minimumCell && greatest * minimumCell <= Math.abs(total);
  return isTold ? Number(total.toPrecision(2)) : null;
}
