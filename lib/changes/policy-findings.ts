import type { Catalogue } from "../catalogue/definition";
import type { Finding } from "../findings";
import { unknownName } from "../rules/unknown-name";
import type { PolicyConditions } from "../versions/approval-policy";

type Known = Pick<Catalogue, "attributes" | "purposes"> & { readonly environments: readonly string[] };

/** What a policy names and is not there: such a condition would never hold. */
export function policyFindings(
  { environments = [], purposes = [], moneyMovedAbove }: PolicyConditions,
  known: Known,
): Finding[] {
  const numbers = [...known.attributes.values()].filter(({ type }) => type === "number").map(({ key }) => key);
  const missing = (kind: "environment" | "purpose", given: readonly string[], keys: readonly string[]) =>
    given
      .filter((key) => !keys.includes(key))
      .map((key) => unknownName({ kind, given: key, path: ["conditions", `${kind}s`], known: keys, where: "Steward" }));
  return [
    ...missing("environment", environments, known.environments),
    ...missing("purpose", purposes, [...known.purposes.keys()]),
    ...(moneyMovedAbove && !numbers.includes(moneyMovedAbove.attribute)
      ? [
          unknownName({
            kind: "attribute",
            given: moneyMovedAbove.attribute,
            path: ["conditions", "moneyMovedAbove", "attribute"],
            known: numbers,
            where: "the catalogue's numbers",
          }),
        ]
      : []),
  ];
}
