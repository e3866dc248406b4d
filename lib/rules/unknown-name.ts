import type { Finding } from "../findings";
import type { RulePath } from "./definition";
import { nearestKeys } from "./nearest-keys";
import { blocking, oneOf, quote } from "./rule-finding";

export type WantedName = {
  readonly kind: "attribute" | "segment" | "list" | "event type" | "property" | "environment" | "purpose" | "region";
  readonly given: unknown;
  readonly path: RulePath;
  readonly known: Iterable<string>;
  /** "the catalogue", when left out. */
  readonly where?: string;
};

/** That there is no such name, and which may have been meant. */
export function unknownName({ kind, given, path, known, where = "the catalogue" }: WantedName): Finding {
  const keys = [...known];
  const near = typeof given === "string" ? nearestKeys(given, keys) : [];
  const resolution =
    keys.length === 0
      ? `There is no ${kind} in ${where} yet; add it there first.`
      : near.length > 0
        ? `Did you mean ${oneOf(near)}?`
        : `Use one that there is, as ${oneOf(keys.slice(0, 5))}.`;
  const isMissing = given === undefined || given === "";
  const message = isMissing ? `The ${kind} is missing.` : `There is no ${kind} ${quote(given)} in ${where}.`;
  return blocking(`unknown-${kind.replace(" ", "-")}`, path, message, resolution);
}
