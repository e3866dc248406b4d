import type { ResolvedReference } from "../rules/references";
import type { NestedChange } from "./history-contract";

/** What a release stood on, and while it was current; `until` is null while it is. */
export type StoodOn = {
  readonly from: Date;
  readonly until: Date | null;
  readonly references: readonly ResolvedReference[];
};

/** A release in the same environment, or an upload to a list. */
export type ReferredChange = Omit<NestedChange, "at" | "standsOn"> & { readonly at: Date };

/**
 * What happened to the segments and lists that releases stood on, each while it was current: newer and other versions,
 * and the emptying of the same one. Newest first.
 */
export function nestedChanges(releases: readonly StoodOn[], changes: readonly ReferredChange[]): NestedChange[] {
  return releases
    .flatMap(({ from, until, references }) =>
      references.flatMap(({ kind, key, version }) =>
        changes
          .filter((change) => change.kind === kind && change.key === key)
          .filter(({ at }) => at > from && (until === null || at <= until))
          .filter((change) => change.version !== version || change.what === "kill")
          .map((change) => ({ ...change, standsOn: version, at: change.at.toISOString() })),
      ),
    )
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}
